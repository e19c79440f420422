package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.BoundedText;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The final status of a run that has a row for each of its steps. Its message explains the verdict
 * by the first row that has it.
 */
final class RunCompletion {

  private static final String ALL_STEPS_RECORDED = "all steps are recorded";

  /**
   * In code points, of the reason of one row, so that there is room for those of other verdicts.
   */
  private static final int MAX_REASON_LENGTH = 300;

  private static final int MAX_NAMED_TARGETS = 10;

  private RunCompletion() {}

  static RunAction.FinishRun of(List<Row> rows) {
    FinishReason reason = FinishReason.COMPLETED;
    List<String> why = new ArrayList<>();
    if (rows.stream().anyMatch(RunCompletion::restarted)) {
      reason = FinishReason.ATTEMPTS_EXHAUSTED;
      why.add("restarted under load, so not measured: " + targets(rows, RunCompletion::restarted));
    }
    if (rows.stream().anyMatch(RunCompletion::failed)) {
      reason = FinishReason.TARGETS_FAILED;
      why.addFirst("not measured: " + targets(rows, RunCompletion::failed));
    }
    for (Verdict verdict : List.of(Verdict.INCONCLUSIVE, Verdict.FAILED)) {
      List<Row> ofVerdict =
          rows.stream().filter(row -> row.measured() && row.verdict() == verdict).toList();
      if (!ofVerdict.isEmpty()) {
        why.add(first(ofVerdict));
      }
    }
    return new RunAction.FinishRun(
        reason,
        Verdict.worst(rows.stream().map(Row::verdict).toList()),
        why.isEmpty() ? ALL_STEPS_RECORDED : String.join("; ", why));
  }

  private static boolean restarted(Row row) {
    return row.attemptsExhausted();
  }

  private static boolean failed(Row row) {
    return !row.measured() && !row.attemptsExhausted();
  }

  private static String targets(List<Row> rows, Predicate<Row> which) {
    List<String> names = rows.stream().filter(which).map(Row::target).distinct().toList();
    int more = names.size() - MAX_NAMED_TARGETS;
    return names.stream().limit(MAX_NAMED_TARGETS).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String first(List<Row> rows) {
    Row row = rows.getFirst();
    int more = rows.size() - 1;
    return "%s %s: %s%s"
        .formatted(
            row.target(),
            row.stage(),
            BoundedText.of(why(row), MAX_REASON_LENGTH, MAX_REASON_LENGTH),
            more == 0 ? "" : " (and %d more %s)".formatted(more, more == 1 ? "row" : "rows"));
  }

  /** A violation takes precedence over missed SLOs, whose figures cannot be trusted then. */
  private static String why(Row row) {
    return row.violations().stream()
        .findFirst()
        .map(violation -> violation.check().reason() + ": " + violation.message())
        .orElse(row.message());
  }
}

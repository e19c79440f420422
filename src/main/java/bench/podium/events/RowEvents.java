package bench.podium.events;

import bench.podium.api.v1alpha1.BrokenLaw;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.status.FigureText;
import bench.podium.status.Words;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What there is to tell of a run's rows, as its status has them or will have them. */
final class RowEvents {

  private RowEvents() {}

  /**
   * Of the last row; all rows that a target's failure leaves are one event.
   *
   * @param rows of the first steps, one each
   * @param steps of the run
   */
  static List<RunEvent> newest(List<ResultRow> rows, int steps) {
    if (rows.isEmpty()) {
      return List.of();
    }
    ResultRow last = rows.getLast();
    return List.of(
        isMeasured(last)
            ? recorded(last, rows.size(), steps)
            : failed(last, firstOfSameFailure(rows) + 1, steps));
  }

  private static boolean isMeasured(ResultRow row) {
    return row.throughput() != null;
  }

  private static int firstOfSameFailure(List<ResultRow> rows) {
    int first = rows.size() - 1;
    while (first > 0
        && rows.get(first - 1).target().equals(rows.getLast().target())
        && !isMeasured(rows.get(first - 1))) {
      first--;
    }
    return first;
  }

  /** With the figures that a person looks for first. */
  private static RunEvent recorded(ResultRow row, int number, int steps) {
    boolean passed = row.verdict() == Verdict.PASSED;
    String text =
        "%s: %s, %s, start skew %s%s"
            .formatted(
                step(number, steps, row.target(), row.stage()),
                FigureText.throughput(row.throughput()),
                Optional.ofNullable(row.latencyMicros())
                    .map(latency -> "p99 " + FigureText.latency(latency.p99()))
                    .orElse("no reply in time"),
                FigureText.latency(row.startSkewMicros()),
                passed ? "" : "; " + judgement(row));
    return new RunEvent(
        EventReason.STEP_RECORDED,
        passed ? RunEvent.Kind.NORMAL : RunEvent.Kind.WARNING,
        number,
        Integer.toString(number),
        text);
  }

  private static RunEvent failed(ResultRow row, int number, int steps) {
    return RunEvent.warning(
        EventReason.TARGET_FAILED,
        number,
        row.target(),
        "target %s, given up at step %d of %d: %s"
            .formatted(
                row.target(),
                number,
                steps,
                Stream.concat(Stream.of(row.reason()), message(row))
                    .collect(Collectors.joining(": "))));
  }

  static String step(int number, int steps, String target, String stage) {
    return "step %d of %d, %s %s".formatted(number, steps, target, stage);
  }

  private static String judgement(ResultRow row) {
    Stream<String> laws = row.brokenLaws().stream().map(RowEvents::broken);
    return Stream.of(Stream.of(Words.reason(row.verdict()).text()), laws, message(row))
        .flatMap(each -> each)
        .collect(Collectors.joining(": "));
  }

  private static String broken(BrokenLaw law) {
    return Optional.ofNullable(law.message())
        .map(message -> law.law() + ", " + message)
        .orElse(law.law());
  }

  private static Stream<String> message(ResultRow row) {
    return Stream.ofNullable(row.message());
  }
}

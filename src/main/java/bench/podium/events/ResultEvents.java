package bench.podium.events;

import bench.podium.api.v1alpha1.LatencyMicros;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.api.v1alpha1.Violation;
import bench.podium.status.MetricFormat;
import bench.podium.status.ReasonMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What there is to tell of a run's rows, as its status has them or will have them. */
final class ResultEvents {

  private ResultEvents() {}

  /**
   * Of the last row; all rows that a target's failure leaves are one event.
   *
   * @param rows in the order of the steps
   * @param steps what each step is called, in their order
   */
  static List<RunEvent> newest(List<ResultRow> rows, List<String> steps) {
    if (rows.isEmpty()) {
      return List.of();
    }
    ResultRow last = rows.getLast();
    int index = steps.indexOf(name(isMeasured(last) ? last : firstOfSameFailure(rows)));
    if (index < 0) {
      // Of another version of the operator, which saw other steps in the same spec.
      return List.of();
    }
    return List.of(
        isMeasured(last) ? recorded(last, index, steps) : failed(last, index, steps.size()));
  }

  private static String name(ResultRow row) {
    return name(row.target(), row.stage());
  }

  /** What a step is called. */
  static String name(String target, String stage) {
    return target + " " + stage;
  }

  /** A step among all, as a person counts. */
  static String step(int index, List<String> steps) {
    return "step %d of %d, %s".formatted(index + 1, steps.size(), steps.get(index));
  }

  private static boolean isMeasured(ResultRow row) {
    return row.throughput() != null;
  }

  private static ResultRow firstOfSameFailure(List<ResultRow> rows) {
    return rows.stream()
        .filter(row -> row.target().equals(rows.getLast().target()) && !isMeasured(row))
        .findFirst()
        .orElseThrow();
  }

  /** With the figures that a person looks for first, where they can be trusted. */
  private static RunEvent recorded(ResultRow row, int index, List<String> steps) {
    boolean passed = row.verdict() == Verdict.PASSED;
    String text =
        step(index, steps)
            + ": "
            + Stream.concat(
                    isTrusted(row) ? Stream.of(figures(row)) : Stream.empty(),
                    passed ? Stream.empty() : Stream.of(judgement(row)))
                .collect(Collectors.joining("; "));
    return new RunEvent(
        EventReason.STEP_RECORDED,
        passed ? RunEvent.Kind.NORMAL : RunEvent.Kind.WARNING,
        index + 1,
        Integer.toString(index),
        text);
  }

  private static boolean isTrusted(ResultRow row) {
    return row.verdict() != Verdict.INCONCLUSIVE
        && Optional.ofNullable(row.goodReplies()).filter(count -> count > 0).isPresent();
  }

  private static String figures(ResultRow row) {
    return "%s, %s, start skew %s"
        .formatted(
            MetricFormat.throughput(row.throughput()),
            Optional.ofNullable(row.latencyMicros())
                .map(latency -> "p99 " + p99(latency))
                .orElse("no reply in time"),
            MetricFormat.latency(row.start().skewMicros()));
  }

  private static String p99(LatencyMicros latency) {
    return MetricFormat.latency(latency.p99(), latency.atLeast().contains("p99"));
  }

  private static RunEvent failed(ResultRow row, int index, int steps) {
    return RunEvent.warning(
        EventReason.TARGET_FAILED,
        index + 1,
        row.target(),
        "target %s, given up at step %d of %d: %s"
            .formatted(
                row.target(),
                index + 1,
                steps,
                Stream.concat(Stream.of(row.reason()), message(row))
                    .collect(Collectors.joining(": "))));
  }

  private static String judgement(ResultRow row) {
    Stream<String> checks = row.violations().stream().map(ResultEvents::broken);
    return Stream.of(Stream.of(ReasonMapper.reason(row.verdict()).text()), checks, message(row))
        .flatMap(each -> each)
        .collect(Collectors.joining(": "));
  }

  private static String broken(Violation check) {
    return Optional.ofNullable(check.message())
        .map(message -> check.check() + ", " + message)
        .orElse(check.check());
  }

  private static Stream<String> message(ResultRow row) {
    return Stream.ofNullable(row.message());
  }
}

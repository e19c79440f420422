package bench.podium.events;

import bench.podium.api.v1alpha1.LatencyMicros;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.StartStatus;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.api.v1alpha1.Violation;
import bench.podium.status.MetricFormat;
import bench.podium.status.ReasonMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Derives the events of a run's rows, as they are in its status. */
final class ResultEvents {

  private ResultEvents() {}

  /**
   * The event of the last row. All rows of a failed target are one event.
   *
   * @param rows in the order of the steps
   * @param steps name of each step, in order
   */
  static List<RunEvent> newest(List<ResultRow> rows, List<String> steps) {
    if (rows.isEmpty()) {
      return List.of();
    }
    ResultRow last = rows.getLast();
    int index = steps.indexOf(name(isMeasured(last) ? last : firstOfSameFailure(rows)));
    if (index < 0) {
      // Written by another version of the operator, with other steps for the same spec.
      return List.of();
    }
    return List.of(
        isMeasured(last) ? recorded(last, index, steps) : failed(last, index, steps.size()));
  }

  private static String name(ResultRow row) {
    return name(row.target(), row.stage());
  }

  /** The name of a step. */
  static String name(String target, String stage) {
    return target + " " + stage;
  }

  /** The number of a step, from 1, and its name. */
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

  /** With the main metrics if they can be trusted. */
  private static RunEvent recorded(ResultRow row, int index, List<String> steps) {
    boolean passed = row.verdict() == Verdict.PASSED;
    String text =
        step(index, steps)
            + ": "
            + Stream.concat(
                    isTrusted(row) ? Stream.of(metrics(row)) : Stream.empty(),
                    passed ? Stream.empty() : Stream.of(evaluation(row)))
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

  private static String metrics(ResultRow row) {
    return "%s, %s%s"
        .formatted(
            MetricFormat.throughput(row.throughput()),
            Optional.ofNullable(row.latencyMicros())
                .map(latency -> "p99 " + p99(latency))
                .orElse("no reply in time"),
            startSkew(row));
  }

  /** Empty for a row of an earlier version, which wrote it elsewhere. */
  private static String startSkew(ResultRow row) {
    return Optional.ofNullable(row.start())
        .map(StartStatus::skewMicros)
        .map(skew -> ", start skew " + MetricFormat.latency(skew))
        .orElse("");
  }

  private static String p99(LatencyMicros latency) {
    return MetricFormat.latency(latency.p99(), latency.atLeast().contains("p99"));
  }

  private static RunEvent failed(ResultRow row, int index, int steps) {
    return RunEvent.warning(
        EventReason.TARGET_FAILED,
        index + 1,
        row.target(),
        "target %s failed at step %d of %d: %s"
            .formatted(
                row.target(),
                index + 1,
                steps,
                Stream.concat(Stream.of(row.reason()), message(row))
                    .collect(Collectors.joining(": "))));
  }

  private static String evaluation(ResultRow row) {
    Stream<String> checks = row.violations().stream().map(ResultEvents::violation);
    return Stream.of(Stream.of(ReasonMapper.reason(row.verdict()).text()), checks, message(row))
        .flatMap(each -> each)
        .collect(Collectors.joining(": "));
  }

  private static String violation(Violation violation) {
    return Optional.ofNullable(violation.message())
        .map(message -> violation.check() + ", " + message)
        .orElse(violation.check());
  }

  private static Stream<String> message(ResultRow row) {
    return Stream.ofNullable(row.message());
  }
}

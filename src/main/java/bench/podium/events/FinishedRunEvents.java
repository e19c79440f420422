package bench.podium.events;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.BenchmarkRunStatus;
import bench.podium.api.v1alpha1.ConditionStatus;
import bench.podium.api.v1alpha1.DisplayStatus;
import bench.podium.api.v1alpha1.RunCondition;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.status.ConditionType;
import bench.podium.status.ReasonMapper;
import bench.podium.status.TimeText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Derives the events of a finished run from its final status. */
public final class FinishedRunEvents {

  /** Position after all steps, of which a run has at most 100. */
  private static final int LAST = 999;

  private FinishedRunEvents() {}

  /**
   * The events of the end and of the last row: the operator may have died before it emitted the
   * latter. Empty if the run finished long ago, because the API server may have deleted its Events.
   */
  public static List<RunEvent> of(BenchmarkRun run, Instant now) {
    BenchmarkRunStatus status = run.getStatus();
    if (!RunEvents.isRecent(TimeText.parse(status.completionTime()), now)) {
      return List.of();
    }
    return rejected(status)
        .map(List::of)
        .orElseGet(
            () ->
                Stream.concat(
                        ResultEvents.newest(status.results(), steps(run)).stream(),
                        Stream.of(finished(status)))
                    .toList());
  }

  /** The event of pods that were not removed in time, so that the next run no longer waits. */
  public static RunEvent podsOverdue(List<String> pods) {
    return RunEvent.warning(
        EventReason.POD_REMOVAL_OVERDUE,
        LAST,
        "",
        "pods still exist 30 s after their grace period, so the queue no longer waits for them: "
            + String.join(", ", pods));
  }

  /**
   * The event of retained pods that were removed because another run was admitted.
   *
   * @param index name of the ConfigMap that lists the tails of their logs
   * @param notRetained why these could not all be stored; empty if they were
   */
  public static RunEvent retainedPodsRemoved(String index, Optional<String> notRetained) {
    return notRetained
        .map(
            why ->
                RunEvent.warning(
                    EventReason.RETAINED_PODS_REMOVED,
                    LAST,
                    "",
                    "another run was admitted, so the retained pods are removed; the tails of their"
                        + " logs could not all be stored: "
                        + why))
        .orElseGet(
            () ->
                RunEvent.normal(
                    EventReason.RETAINED_PODS_REMOVED,
                    LAST,
                    "",
                    "another run was admitted, so the retained pods are removed; the tails of their"
                        + " logs are in the results: entries log.* of ConfigMap "
                        + index));
  }

  private static List<String> steps(BenchmarkRun run) {
    return run.getSpec().targets().stream()
        .flatMap(
            target ->
                run.getSpec().load().stages().stream()
                    .map(stage -> ResultEvents.name(target.name(), stage.name())))
        .toList();
  }

  private static Optional<RunEvent> rejected(BenchmarkRunStatus status) {
    return condition(status, ConditionType.ACCEPTED)
        .filter(accepted -> accepted.status() == ConditionStatus.FALSE)
        .filter(accepted -> status.startTime() == null)
        .map(
            accepted ->
                RunEvent.warning(
                    EventReason.RUN_REJECTED,
                    LAST,
                    "",
                    accepted.reason() + ": " + accepted.message()));
  }

  private static RunEvent finished(BenchmarkRunStatus status) {
    boolean passed = status.verdict() == Verdict.PASSED;
    return new RunEvent(
        EventReason.FINISHED,
        passed ? RunEvent.Kind.NORMAL : RunEvent.Kind.WARNING,
        LAST,
        "",
        condition(status, ConditionType.FINISHED)
            .map(
                end ->
                    "%s (%s): %s"
                        .formatted(
                            ReasonMapper.reason(status.verdict()).text(),
                            end.reason(),
                            end.message()))
            .orElseGet(() -> ReasonMapper.reason(status.verdict()).text())
            .concat(best(status)));
  }

  private static String best(BenchmarkRunStatus status) {
    return Optional.ofNullable(status.display())
        .filter(display -> display.best() != null)
        .map(FinishedRunEvents::best)
        .orElse("");
  }

  private static String best(DisplayStatus display) {
    return "; best: %s, %s%s"
        .formatted(
            display.best(),
            display.throughput(),
            Optional.ofNullable(display.p99()).map(p99 -> ", p99 " + p99).orElse(""));
  }

  private static Optional<RunCondition> condition(BenchmarkRunStatus status, ConditionType type) {
    return status.conditions().stream()
        .filter(condition -> condition.type().equals(type.text()))
        .findFirst();
  }
}

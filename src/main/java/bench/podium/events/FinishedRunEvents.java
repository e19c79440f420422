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

/** What there is to tell of a run that is over, from its final status. */
public final class FinishedRunEvents {

  /** After all steps: a run has at most 100. */
  private static final int LAST = 999;

  private FinishedRunEvents() {}

  /**
   * The last row, too: who recorded it and ended the run may have died before it could tell of it.
   * Nothing of a run that ended long ago: the API server may have forgotten that it was told.
   */
  public static List<RunEvent> of(BenchmarkRun run, Instant now) {
    BenchmarkRunStatus status = run.getStatus();
    if (!RunEvents.isNews(TimeText.parse(status.completionTime()), now)) {
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

  /** Of pods that are to go and do not, so that the next run does not wait for them any more. */
  public static RunEvent podsOverdue(List<String> pods) {
    return RunEvent.warning(
        EventReason.POD_REMOVAL_OVERDUE,
        LAST,
        "",
        "pods still stand 30 s past their grace period, so the queue goes on beside them: "
            + String.join(", ", pods));
  }

  /**
   * Of pods that were kept and had to go since another run was admitted.
   *
   * @param index the ConfigMap that names where the ends of their logs are
   * @param notRetained why those could not be kept, if so
   */
  public static RunEvent retainedPodsRemoved(String index, Optional<String> notRetained) {
    return notRetained
        .map(
            why ->
                RunEvent.warning(
                    EventReason.RETAINED_PODS_REMOVED,
                    LAST,
                    "",
                    "another run was admitted, so the pods that were kept go; the ends of their logs"
                        + " could not all be kept: "
                        + why))
        .orElseGet(
            () ->
                RunEvent.normal(
                    EventReason.RETAINED_PODS_REMOVED,
                    LAST,
                    "",
                    "another run was admitted, so the pods that were kept go; the ends of their logs"
                        + " are in the results: entries log.* of ConfigMap "
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

package bench.podium.events;

import static bench.podium.events.RunEvent.normal;
import static bench.podium.events.RunEvent.warning;

import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.RunAction;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import bench.podium.planning.DurationText;
import bench.podium.status.ResultRows;
import bench.podium.status.RunSnapshot.Execution;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Derives the events of a run.
 *
 * <p>Most events are derived from the state in the cluster at each reconciliation: if an operator
 * dies before it emits one, the next operator emits it. Only recent events are derived, because the
 * API server deletes Events, after an hour by default, and would then accept old ones again.
 */
public final class RunEvents {

  /** Older events are not emitted; well below the retention time of Events. */
  private static final Duration RECENT = Duration.ofMinutes(10);

  private RunEvents() {}

  /**
   * The events of a run that waits in the queue.
   *
   * @param position in the queue, from 1
   * @param behind namespace and name of the first run
   * @param since when it was queued
   */
  public static List<RunEvent> queued(int position, String behind, Instant since, Instant now) {
    return isRecent(since, now)
        ? List.of(
            normal(
                EventReason.QUEUED,
                0,
                "",
                "position %d in the queue, behind %s".formatted(position, behind)))
        : List.of();
  }

  /** The events of an admitted run, derived from its status and the observed objects. */
  public static List<RunEvent> of(Execution run, RunObservation observed, Instant now) {
    List<RunEvent> events = new ArrayList<>();
    if (isRecent(run.startedAt(), now)) {
      events.add(admitted(run.plan()));
    }
    ready(run, observed).forEach(events::add);
    overdue(run.plan(), observed, now).forEach(events::add);
    events.addAll(ResultEvents.newest(ResultRows.of(run.rows()), steps(run.plan())));
    return List.copyOf(events);
  }

  /** The events of a change of progress, once it is written: its reason is not in the status. */
  public static List<RunEvent> of(RunPlan plan, Progress before, RunAction.Write write) {
    return switch (write) {
      case RunAction.AbortAttempt(Progress next, String why) ->
          List.of(attempt(EventReason.ATTEMPT_ABORTED, plan, next, why));
      case RunAction.DiscardAttempt(Progress next, String why) ->
          Stream.concat(
                  Stream.of(attempt(EventReason.ATTEMPT_DISCARDED, plan, next, why)),
                  replaced(before, next, why))
              .toList();
      case RunAction.ReplaceWorkers(Progress next, String why) ->
          replaced(before, next, why).toList();
      case RunAction.SuspendRun(Progress next, String why) ->
          List.of(next.backoff().isOn() ? noProgress(next) : suspended(next));
      case RunAction.ScheduleAttempt schedule -> List.of();
      case RunAction.MarkWorkersArmed armed -> List.of();
      case RunAction.MarkTerminated ended -> List.of();
      case RunAction.FailStep end -> List.of();
      case RunAction.AdvanceStep advance -> List.of();
    };
  }

  private static RunEvent noProgress(Progress at) {
    return warning(
        EventReason.NO_PROGRESS,
        at.step(),
        at.backoff().tries() + "/" + at.backoff().since(),
        ("step %d makes no progress, try %d: its pods are deleted and the next run takes"
                + " the slot: %s")
            .formatted(at.step() + 1, at.backoff().tries(), at.backoff().cause()));
  }

  private static RunEvent suspended(Progress at) {
    return normal(
        EventReason.SUSPENDED,
        at.step(),
        at.pause().toString(),
        "its pods are deleted; the rows so far are kept, and step %d is repeated once"
                .formatted(at.step() + 1)
            + " spec.suspend is false");
  }

  /**
   * The event of a run that takes a slot again after it was suspended or made no progress.
   *
   * @param before progress while it had no slot
   */
  public static RunEvent resumed(Progress before, Progress after) {
    return normal(
        EventReason.RESUMED,
        after.step(),
        before.backoff().isOn() ? before.backoff().since().toString() : before.pause().toString(),
        before.backoff().isOn()
            ? "continues with step %d, after %d tries without progress"
                .formatted(after.step() + 1, after.backoff().tries())
            : "continues with step %d; it was suspended for %s in all"
                .formatted(
                    after.step() + 1,
                    DurationText.of(after.pause().before().truncatedTo(ChronoUnit.SECONDS))));
  }

  private static RunEvent admitted(RunPlan plan) {
    return normal(
        EventReason.ADMITTED,
        0,
        "",
        "targets: %d, steps: %d, workers: %d; planned: %s"
            .formatted(
                plan.targets().size(),
                plan.steps().size(),
                plan.load().workers(),
                DurationText.of(plan.planned())));
  }

  /** Before the first attempt only, not when the target becomes ready again later. */
  private static Stream<RunEvent> ready(Execution run, RunObservation observed) {
    Progress progress = run.progress();
    return run.plan().steps().stream()
        .filter(step -> step.index() == progress.step() && progress.attempt().number() <= 1)
        .filter(step -> run.rows().stream().noneMatch(row -> row.target().equals(step.target())))
        .filter(step -> observed.targets().stream().anyMatch(target -> isReady(target, step)))
        .map(
            step ->
                normal(
                    EventReason.TARGET_READY,
                    step.index(),
                    step.target(),
                    "target %s is ready".formatted(step.target())));
  }

  private static boolean isReady(TargetObservation target, Step step) {
    return target.name().equals(step.target())
        && target.state() instanceof TargetObservation.State.Ready;
  }

  private static Stream<RunEvent> overdue(RunPlan plan, RunObservation observed, Instant now) {
    return observed.targets().stream()
        .filter(
            target ->
                target.state() instanceof TargetObservation.State.Terminating(Instant overdueAt)
                    && !now.isBefore(overdueAt))
        .map(TargetObservation::name)
        .map(
            target ->
                warning(
                    EventReason.TARGET_REMOVAL_OVERDUE,
                    lastStep(plan, target) + 1,
                    target,
                    ("pods of target %s still exist long after their grace period;"
                            + " the run continues without waiting for them")
                        .formatted(target)));
  }

  private static int lastStep(RunPlan plan, String target) {
    return plan.steps().stream()
        .filter(step -> step.target().equals(target))
        .mapToInt(Step::index)
        .max()
        .orElse(0);
  }

  private static RunEvent attempt(EventReason reason, RunPlan plan, Progress at, String why) {
    return warning(
        reason,
        at.step(),
        at.step() + "/" + at.attempt().number(),
        "%s, attempt %d: %s"
            .formatted(ResultEvents.step(at.step(), steps(plan)), at.attempt().number(), why));
  }

  private static List<String> steps(RunPlan plan) {
    return plan.steps().stream()
        .map(step -> ResultEvents.name(step.target(), step.stage().name()))
        .toList();
  }

  /** Empty if the generation stays the same and only its timeout starts again. */
  private static Stream<RunEvent> replaced(Progress before, Progress next, String why) {
    return Stream.of(next)
        .filter(after -> after.load().number() > before.load().number())
        .map(
            after ->
                warning(
                    EventReason.WORKERS_REPLACED,
                    after.step(),
                    Integer.toString(after.load().number()),
                    "workers are replaced by generation %d: %s"
                        .formatted(after.load().number(), why)));
  }

  /** Whether an event is recent. A time in the future is recent, because clocks differ. */
  public static boolean isRecent(Instant happened, Instant now) {
    return now.isBefore(happened.plus(RECENT));
  }
}

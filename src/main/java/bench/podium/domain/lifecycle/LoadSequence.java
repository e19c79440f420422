package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.Verdict;
import bench.podium.domain.plan.RunPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The load pods: created, replaced when one is lost, given up when they cannot start. */
final class LoadSequence {

  private final RunPlan plan;
  private final Progress progress;
  private final Observation seen;
  private final Instant now;

  LoadSequence(RunPlan plan, Progress progress, Observation seen, Instant now) {
    this.plan = plan;
    this.progress = progress;
    this.seen = seen;
    this.now = now;
  }

  /** Empty when all load pods run. */
  List<Decision> decide() {
    return switch (seen.load()) {
      case LoadObservation.Absent() -> deploy();
      case LoadObservation.Refused(Trouble trouble) -> refused(trouble);
      case LoadObservation.Present present ->
          present
              .lost()
              .map(this::replace)
              .orElseGet(
                  () ->
                      present.complete(plan.load().workers())
                          ? List.of()
                          : waitFor(present.trouble()));
    };
  }

  private List<Decision> deploy() {
    // A generation lost again and again is retried after a growing pause, counted from the intent.
    Instant notBefore =
        progress
            .loadSince()
            .map(since -> since.plus(totalBackoff(progress.lostLoads())))
            .orElse(now);
    Duration pause = Duration.between(now, notBefore);
    List<Decision> gaveUp = giveUp(Optional.empty());
    if (!gaveUp.isEmpty()) {
      return gaveUp;
    }
    return pause.isPositive()
        ? List.of(new Decision.Await(pause, "before the next generation of load pods"))
        : List.of(
            new Decision.RemoveOldLoads(progress.generation()),
            new Decision.DeployLoad(progress.generation()));
  }

  private static Duration totalBackoff(int lostLoads) {
    Duration total = Duration.ZERO;
    for (int lost = 1; lost <= lostLoads; lost++) {
      total = total.plus(Timing.loadBackoff(lost));
    }
    return total;
  }

  private List<Decision> replace(Trouble trouble) {
    boolean started = progress.t0().filter(t0 -> !now.isBefore(t0)).isPresent();
    if (!started) {
      List<Decision> gaveUp = giveUp(Optional.of(trouble));
      return gaveUp.isEmpty()
          ? List.of(
              new Decision.ReplaceLoad(
                  progress.replaceLoadBeforeStart(now), "load pod lost: " + trouble.message()))
          : gaveUp;
    }
    String why = "WorkerMissing: a load pod was lost in mid-step: " + trouble.message();
    return Attempts.voidOrEnd(plan, progress.replaceLoadAfterVoid(now), why);
  }

  /** What stands in the way may go: it is tried again until the bound. */
  private List<Decision> refused(Trouble trouble) {
    List<Decision> gaveUp = giveUp(Optional.of(trouble));
    return gaveUp.isEmpty()
        ? List.of(
            new Decision.DeployLoad(progress.generation()),
            new Decision.Await(Timing.LOOK, "what refuses the load pods to go"))
        : gaveUp;
  }

  private List<Decision> waitFor(Optional<Trouble> trouble) {
    List<Decision> gaveUp = giveUp(trouble);
    return gaveUp.isEmpty() ? List.of(new Decision.Await(Timing.LOOK, "load pods")) : gaveUp;
  }

  private List<Decision> giveUp(Optional<Trouble> trouble) {
    Duration bound = plan.limits().startTimeout();
    boolean overdue =
        progress.loadSince().filter(since -> !now.isBefore(since.plus(bound))).isPresent();
    return overdue
        ? List.of(
            new Decision.FinishRun(
                FinishReason.WORKERS_FAILED,
                Verdict.ERROR,
                "the load pods did not start within limits.startTimeout of %ss: %s"
                    .formatted(
                        bound.toSeconds(),
                        trouble.map(Trouble::message).orElse("no reason known"))))
        : List.of();
  }
}

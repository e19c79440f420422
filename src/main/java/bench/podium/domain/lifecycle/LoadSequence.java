package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.Verdict;
import bench.podium.domain.plan.RunPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The load pods: created, replaced when one is lost, given up when they cannot start. */
final class LoadSequence {

  private static final Trouble GONE =
      new Trouble(Trouble.Kind.NOT_ARMED, "it runs no more, and nothing says why");

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

  /** Empty when all load pods run, and a step can be intended or is under way. */
  List<Decision> decide() {
    return switch (seen.load()) {
      case LoadObservation.Absent() -> hasArmed() || hadAttempt() ? replace(GONE) : deploy();
      case LoadObservation.Refused(Trouble trouble, Instant since) -> refused(trouble, since);
      case LoadObservation.Present present ->
          present
              .lost()
              .or(() -> gone(present))
              .map(this::replace)
              .orElseGet(
                  () ->
                      present.complete(plan.load().workers())
                          ? running(present)
                          : present
                              .forbidden()
                              .filter(it -> isLasting(it.trouble(), it.since()))
                              .map(LoadObservation.Forbidden::trouble)
                              .map(this::forbidden)
                              .orElseGet(() -> waitFor(present.trouble())));
    };
  }

  private List<Decision> running(LoadObservation.Present present) {
    if (progress.t0().isPresent()) {
      return List.of();
    }
    return present.clockTrouble().map(this::replace).orElseGet(() -> alone(present));
  }

  /** Two generations at one target at once would give figures that are nobody's. */
  private List<Decision> alone(LoadObservation.Present present) {
    return present.othersUntil().filter(now::isBefore).isEmpty()
        ? List.of()
        : List.of(
            new Decision.RemoveOldLoads(progress.load().number()),
            new Decision.Await(Timing.LOOK, "load pods of an earlier generation to end"));
  }

  /** All pods of this generation have armed before: it was there, whole. */
  private boolean hasArmed() {
    return progress.load().awaitedSince().isEmpty();
  }

  /** Others under the same number would be taken for those that may have the attempt. */
  private boolean hadAttempt() {
    return progress.t0().isPresent()
        || progress
            .ending()
            .filter(ending -> ending.generation() == progress.load().number())
            .isPresent();
  }

  /** A pod that has run and runs no more never will: its containers start once. */
  private Optional<Trouble> gone(LoadObservation.Present present) {
    return hasArmed() && !present.complete(plan.load().workers())
        ? Optional.of(GONE)
        : Optional.empty();
  }

  private List<Decision> deploy() {
    Duration pause = Duration.between(now, notBefore(progress.load().lost()));
    List<Decision> gaveUp = giveUp(Optional.empty());
    if (!gaveUp.isEmpty()) {
      return progress.load().lost() > 0
          ? gaveUp
          : List.of(
              new Decision.ReplaceLoad(
                  progress.awaitLoadAfresh(now), "nobody was there to make the load pods"));
    }
    return pause.isPositive()
        ? List.of(new Decision.Await(pause, "before the next generation of load pods"))
        : List.of(
            new Decision.RemoveOldLoads(progress.load().number()),
            new Decision.DeployLoad(progress.load().number()));
  }

  /** A generation lost again and again is retried after a growing pause, from the first loss. */
  private Instant notBefore(int lostLoads) {
    return progress
        .load()
        .awaitedSince()
        .map(since -> since.plus(totalBackoff(lostLoads)))
        .orElse(now);
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
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
    String replaced = "load pods replaced: " + trouble.message();
    if (!started) {
      // The next generation would come too late: better to end with this one's own reason.
      Instant next = latest(now, notBefore(progress.load().lost() + 1));
      List<Decision> gaveUp =
          progress.load().lost() > 0 && isOverdue(next.plus(Timing.LOOK))
              ? gaveUp(Optional.of(trouble))
              : List.of();
      return gaveUp.isEmpty()
          ? List.of(
              new Decision.ReplaceLoad(
                  progress.replaceLoadBeforeStart(plan, now, replaced), replaced))
          : gaveUp;
    }
    String why = "WorkerMissing: a load pod was lost in mid-step: " + trouble.message();
    return Attempts.voidOrEnd(plan, progress.replaceLoadAfterStart(plan, now, why), why);
  }

  private boolean isLasting(Trouble trouble, Instant since) {
    Duration patience = Timing.patience(trouble, plan.limits().startTimeout());
    return !now.isBefore(since.plus(patience));
  }

  private List<Decision> forbidden(Trouble trouble) {
    return List.of(
        new Decision.FinishRun(
            FinishReason.WORKERS_FAILED,
            Verdict.ERROR,
            "the load pods cannot be made; " + Remedy.ofLoad(trouble).message()));
  }

  /** What stands in the way may go: it is tried again until the bound. */
  private List<Decision> refused(Trouble trouble, Instant since) {
    List<Decision> gaveUp =
        isLasting(trouble, since) ? forbidden(trouble) : giveUp(Optional.of(trouble));
    return gaveUp.isEmpty()
        ? List.of(
            new Decision.DeployLoad(progress.load().number()),
            new Decision.Await(Timing.LOOK, "what refuses the load pods to go"))
        : gaveUp;
  }

  private List<Decision> waitFor(Optional<Trouble> trouble) {
    List<Decision> gaveUp = maySayWhy(trouble) ? List.of() : giveUp(trouble);
    return gaveUp.isEmpty() ? List.of(new Decision.Await(Timing.LOOK, "load pods")) : gaveUp;
  }

  /** A generation that follows a lost one is likely to be lost soon, and then says of what. */
  private boolean maySayWhy(Optional<Trouble> trouble) {
    return trouble.isEmpty()
        && progress.load().lost() > 0
        && !isOverdue(now.minus(Timing.SAYS_WHY));
  }

  private List<Decision> giveUp(Optional<Trouble> trouble) {
    return isOverdue(now) ? gaveUp(trouble) : List.of();
  }

  private boolean isOverdue(Instant at) {
    return progress
        .load()
        .awaitedSince()
        .filter(since -> !at.isBefore(since.plus(plan.limits().startTimeout())))
        .isPresent();
  }

  private List<Decision> gaveUp(Optional<Trouble> trouble) {
    return List.of(
        new Decision.FinishRun(
            FinishReason.WORKERS_FAILED,
            Verdict.ERROR,
            "the load pods did not start within limits.startTimeout of %ss: %s"
                .formatted(
                    plan.limits().startTimeout().toSeconds(),
                    trouble
                        .map(Remedy::ofLoad)
                        .map(Trouble::message)
                        .orElseGet(this::withoutReason))));
  }

  /** Where Kubernetes says nothing of the pods that are awaited. */
  private String withoutReason() {
    int lost = progress.load().lost();
    if (lost > 0) {
      return (lost == 1 ? "1 generation of them was lost" : lost + " generations of them were lost")
          + "; the LoadReplaced events say of what";
    }
    long running =
        seen.load() instanceof LoadObservation.Present present
            ? present.workers().stream()
                .filter(worker -> worker.state() instanceof WorkerObservation.State.Running)
                .count()
            : 0;
    return "%d of %d run, and nothing says why the others do not: look at the events of their pods"
        .formatted(running, plan.load().workers());
  }
}

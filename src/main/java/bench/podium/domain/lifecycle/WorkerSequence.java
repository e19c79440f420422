package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.RunPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The workers: created, replaced when one is lost, given up when they cannot start. */
final class WorkerSequence {

  private static final Problem GONE =
      new Problem(Problem.Kind.NOT_ARMED, "it runs no more, and nothing says why");

  private final RunPlan plan;
  private final Progress progress;
  private final RunObservation observed;
  private final Instant now;

  WorkerSequence(RunPlan plan, Progress progress, RunObservation observed, Instant now) {
    this.plan = plan;
    this.progress = progress;
    this.observed = observed;
    this.now = now;
  }

  /** Empty when all workers run, and a step can be scheduled or is under way. */
  List<RunAction> decide() {
    return switch (observed.load()) {
      case WorkersObservation.Absent() -> hasArmed() || hadAttempt() ? replace(GONE) : deploy();
      case WorkersObservation.Refused(Problem problem, Instant since) -> refused(problem, since);
      case WorkersObservation.Present present ->
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
                              .filter(it -> isLasting(it.problem(), it.since()))
                              .map(WorkersObservation.Forbidden::problem)
                              .map(this::forbidden)
                              .orElseGet(() -> waitFor(present.problem())));
    };
  }

  private List<RunAction> running(WorkersObservation.Present present) {
    if (progress.t0().isPresent()) {
      return List.of();
    }
    return present.clockProblem().map(this::replace).orElseGet(() -> alone(present));
  }

  /** Two generations at one target at once would give figures that are nobody's. */
  private List<RunAction> alone(WorkersObservation.Present present) {
    return present.othersUntil().filter(now::isBefore).isEmpty()
        ? List.of()
        : List.of(
            new RunAction.DeleteStaleWorkerJobs(progress.load().number()),
            new RunAction.Await(Timing.POLL_INTERVAL, "workers of an earlier generation to end"));
  }

  /** All pods of this generation have armed before: it was there, whole. */
  private boolean hasArmed() {
    return progress.load().waitingSince().isEmpty();
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
  private Optional<Problem> gone(WorkersObservation.Present present) {
    return hasArmed() && !present.complete(plan.load().workers())
        ? Optional.of(GONE)
        : Optional.empty();
  }

  private List<RunAction> deploy() {
    Duration pause = Duration.between(now, notBefore(progress.load().lost()));
    List<RunAction> gaveUp = giveUp(Optional.empty());
    if (!gaveUp.isEmpty()) {
      return progress.load().lost() > 0
          ? gaveUp
          : List.of(
              new RunAction.ReplaceWorkers(
                  progress.awaitWorkersAfresh(now), "nobody was there to make the workers"));
    }
    return pause.isPositive()
        ? List.of(new RunAction.Await(pause, "before the next generation of workers"))
        : List.of(
            new RunAction.DeleteStaleWorkerJobs(progress.load().number()),
            new RunAction.CreateWorkers(progress.load().number()));
  }

  /** A generation lost again and again is retried after a growing pause, from the first loss. */
  private Instant notBefore(int lostGenerations) {
    return progress
        .load()
        .waitingSince()
        .map(since -> since.plus(totalBackoff(lostGenerations)))
        .orElse(now);
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Duration totalBackoff(int lostGenerations) {
    Duration total = Duration.ZERO;
    for (int lost = 1; lost <= lostGenerations; lost++) {
      total = total.plus(Timing.loadBackoff(lost));
    }
    return total;
  }

  private List<RunAction> replace(Problem problem) {
    boolean started = progress.t0().filter(t0 -> !now.isBefore(t0)).isPresent();
    String replaced = "workers replaced: " + problem.message();
    if (!started) {
      // The next generation would come too late: better to end with this one's own reason.
      Instant next = latest(now, notBefore(progress.load().lost() + 1));
      List<RunAction> gaveUp =
          progress.load().lost() > 0 && isOverdue(next.plus(Timing.POLL_INTERVAL))
              ? gaveUp(Optional.of(problem))
              : List.of();
      return gaveUp.isEmpty()
          ? List.of(
              new RunAction.ReplaceWorkers(
                  progress.replaceWorkersBeforeStart(plan, now, replaced), replaced))
          : gaveUp;
    }
    String why = "WorkerMissing: a worker was lost in mid-step: " + problem.message();
    return RetryPolicy.discardOrFail(plan, progress.replaceWorkersAfterStart(plan, now, why), why);
  }

  private boolean isLasting(Problem problem, Instant since) {
    Duration timeout = Timing.timeout(problem, plan.limits().startTimeout());
    return !now.isBefore(since.plus(timeout));
  }

  private List<RunAction> forbidden(Problem problem) {
    return List.of(
        new RunAction.FinishRun(
            FinishReason.WORKERS_FAILED,
            Verdict.ERROR,
            "the workers cannot be made; " + RemediationHint.ofWorkers(problem).message()));
  }

  /** What stands in the way may go: it is tried again until the bound. */
  private List<RunAction> refused(Problem problem, Instant since) {
    List<RunAction> gaveUp =
        isLasting(problem, since) ? forbidden(problem) : giveUp(Optional.of(problem));
    return gaveUp.isEmpty()
        ? List.of(
            new RunAction.CreateWorkers(progress.load().number()),
            new RunAction.Await(Timing.POLL_INTERVAL, "what refuses the workers to go"))
        : gaveUp;
  }

  private List<RunAction> waitFor(Optional<Problem> problem) {
    List<RunAction> gaveUp = maySayWhy(problem) ? List.of() : giveUp(problem);
    return gaveUp.isEmpty()
        ? List.of(new RunAction.Await(Timing.POLL_INTERVAL, "workers"))
        : gaveUp;
  }

  /** A generation that follows a lost one is likely to be lost soon, and then says of what. */
  private boolean maySayWhy(Optional<Problem> problem) {
    return problem.isEmpty()
        && progress.load().lost() > 0
        && !isOverdue(now.minus(Timing.SAYS_WHY));
  }

  private List<RunAction> giveUp(Optional<Problem> problem) {
    return isOverdue(now) ? gaveUp(problem) : List.of();
  }

  private boolean isOverdue(Instant at) {
    return progress
        .load()
        .waitingSince()
        .filter(since -> !at.isBefore(since.plus(plan.limits().startTimeout())))
        .isPresent();
  }

  private List<RunAction> gaveUp(Optional<Problem> problem) {
    return List.of(
        new RunAction.FinishRun(
            FinishReason.WORKERS_FAILED,
            Verdict.ERROR,
            "the workers did not start within limits.startTimeout of %ss: %s"
                .formatted(
                    plan.limits().startTimeout().toSeconds(),
                    problem
                        .map(RemediationHint::ofWorkers)
                        .map(Problem::message)
                        .orElseGet(this::withoutReason))));
  }

  /** Where Kubernetes says nothing of the pods that are awaited. */
  private String withoutReason() {
    int lost = progress.load().lost();
    if (lost > 0) {
      return (lost == 1 ? "1 generation of them was lost" : lost + " generations of them were lost")
          + "; the WorkersReplaced events say of what";
    }
    long running =
        observed.load() instanceof WorkersObservation.Present present
            ? present.workers().stream()
                .filter(worker -> worker.state() instanceof WorkerObservation.State.Running)
                .count()
            : 0;
    return "%d of %d run, and nothing says why the others do not: look at the events of their pods"
        .formatted(running, plan.load().workers());
  }
}

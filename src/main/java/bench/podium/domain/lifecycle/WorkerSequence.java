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

/**
 * Creates the workers, replaces all of them when one is lost, and finishes the run when they cannot
 * start.
 */
final class WorkerSequence {

  private static final Problem WORKER_GONE =
      new Problem(Problem.Kind.NOT_ARMED, "it no longer runs, for an unknown reason");

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

  /**
   * The next actions; empty when all workers run, and a step can be scheduled or is in progress.
   */
  List<RunAction> decide() {
    return switch (observed.workers()) {
      case WorkersObservation.Absent() ->
          hasArmed() || hadAttempt() ? replace(WORKER_GONE) : create();
      case WorkersObservation.Refused(Problem problem, Instant since) -> refused(problem, since);
      case WorkersObservation.Present present ->
          present
              .lost()
              .or(() -> missingWorker(present))
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
    return present
        .clockProblem()
        .map(this::replace)
        .orElseGet(() -> awaitOtherGenerations(present));
  }

  /** Two generations loading the same target would make the measurement meaningless. */
  private List<RunAction> awaitOtherGenerations(WorkersObservation.Present present) {
    return present.othersUntil().filter(now::isBefore).isEmpty()
        ? List.of()
        : List.of(
            new RunAction.DeleteStaleWorkerJobs(progress.load().number()),
            new RunAction.Await(Timing.POLL_INTERVAL, "workers of an earlier generation to end"));
  }

  /** Whether all workers of this generation were armed before, so that all of them existed. */
  private boolean hasArmed() {
    return progress.load().waitingSince().isEmpty();
  }

  /**
   * Whether an attempt belongs to this generation: new workers with its number would be mistaken
   * for those that run it.
   */
  private boolean hadAttempt() {
    return progress.t0().isPresent()
        || progress
            .ending()
            .filter(ending -> ending.generation() == progress.load().number())
            .isPresent();
  }

  /** A worker that has run and no longer runs is lost: its containers are never restarted. */
  private Optional<Problem> missingWorker(WorkersObservation.Present present) {
    return hasArmed() && !present.complete(plan.load().workers())
        ? Optional.of(WORKER_GONE)
        : Optional.empty();
  }

  private List<RunAction> create() {
    Duration pause = Duration.between(now, notBefore(progress.load().lost()));
    List<RunAction> failure = failIfOverdue(Optional.empty());
    if (!failure.isEmpty()) {
      return progress.load().lost() > 0
          ? failure
          : List.of(
              new RunAction.ReplaceWorkers(
                  progress.restartWorkersTimeout(now),
                  "no operator was running to create the workers"));
    }
    return pause.isPositive()
        ? List.of(new RunAction.Await(pause, "the next generation of workers"))
        : List.of(
            new RunAction.DeleteStaleWorkerJobs(progress.load().number()),
            new RunAction.CreateWorkers(progress.load().number()));
  }

  /**
   * Repeatedly lost generations are recreated after growing pauses, counted from the first loss.
   */
  private Instant notBefore(int lostGenerations) {
    return progress
        .load()
        .waitingSince()
        .map(since -> since.plus(totalBackoff(lostGenerations)))
        .orElse(now);
  }

  private static Instant later(Instant one, Instant other) {
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
      // The next generation would start too late; the reason of this loss explains more.
      Instant next = later(now, notBefore(progress.load().lost() + 1));
      List<RunAction> failure =
          progress.load().lost() > 0 && isOverdue(next.plus(Timing.POLL_INTERVAL))
              ? failStart(Optional.of(problem))
              : List.of();
      return failure.isEmpty()
          ? List.of(
              new RunAction.ReplaceWorkers(
                  progress.replaceWorkersBeforeStart(plan, now, replaced), replaced))
          : failure;
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
            "the workers cannot be created; " + RemediationHint.ofWorkers(problem).message()));
  }

  /** The reason for the rejection may disappear: creation is retried until the timeout. */
  private List<RunAction> refused(Problem problem, Instant since) {
    List<RunAction> failure =
        isLasting(problem, since) ? forbidden(problem) : failIfOverdue(Optional.of(problem));
    return failure.isEmpty()
        ? List.of(
            new RunAction.CreateWorkers(progress.load().number()),
            new RunAction.Await(Timing.POLL_INTERVAL, "the API server to accept the workers"))
        : failure;
  }

  private List<RunAction> waitFor(Optional<Problem> problem) {
    List<RunAction> failure = reasonMayFollow(problem) ? List.of() : failIfOverdue(problem);
    return failure.isEmpty()
        ? List.of(new RunAction.Await(Timing.POLL_INTERVAL, "workers"))
        : failure;
  }

  /** A generation after a lost one is likely to be lost soon, which then shows the reason. */
  private boolean reasonMayFollow(Optional<Problem> problem) {
    return problem.isEmpty()
        && progress.load().lost() > 0
        && !isOverdue(now.minus(Timing.LOSS_REPORT_GRACE));
  }

  private List<RunAction> failIfOverdue(Optional<Problem> problem) {
    return isOverdue(now) ? failStart(problem) : List.of();
  }

  private boolean isOverdue(Instant at) {
    return progress
        .load()
        .waitingSince()
        .filter(since -> !at.isBefore(since.plus(plan.limits().startTimeout())))
        .isPresent();
  }

  private List<RunAction> failStart(Optional<Problem> problem) {
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
                        .orElseGet(this::unknownReasonText))));
  }

  /** Message for workers of which Kubernetes reports no problem. */
  private String unknownReasonText() {
    int lost = progress.load().lost();
    if (lost > 0) {
      return (lost == 1 ? "1 generation of them was lost" : lost + " generations of them were lost")
          + "; see the WorkersReplaced events for the cause";
    }
    long running =
        observed.workers() instanceof WorkersObservation.Present present
            ? present.workers().stream()
                .filter(worker -> worker.state() instanceof WorkerObservation.State.Running)
                .count()
            : 0;
    return "%d of %d run; why the others do not is unknown: look at the events of their pods"
        .formatted(running, plan.load().workers());
  }
}

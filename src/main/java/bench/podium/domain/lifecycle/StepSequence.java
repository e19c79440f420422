package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Schedules, arms and runs one step, once its target is ready and all workers run. */
final class StepSequence {

  private static final String NO_OPERATOR = "no operator was running to arm the workers";

  private final RunPlan plan;
  private final Step step;
  private final Progress progress;
  private final RunObservation observed;
  private final Instant now;
  private final WorkersObservation.Present load;
  private final List<WorkerObservation> workers;
  private final AttemptReports reports;
  private final TargetFailurePolicy failurePolicy;

  StepSequence(RunPlan plan, Step step, Progress progress, RunObservation observed, Instant now) {
    this.plan = plan;
    this.step = step;
    this.progress = progress;
    this.observed = observed;
    this.now = now;
    this.load = (WorkersObservation.Present) observed.workers();
    this.workers = load.workers();
    this.reports = new AttemptReports(workers, progress.attemptId(), now);
    this.failurePolicy = new TargetFailurePolicy(plan, step, progress, observed, now);
  }

  List<RunAction> decide() {
    return progress
        .t0()
        .map(t0 -> now.isBefore(t0) ? beforeStart(t0) : afterStart(t0))
        .orElseGet(this::schedule);
  }

  /**
   * A new worker that has not logged yet is still starting; its start-up would use up the lead time
   * before T0.
   */
  private List<RunAction> schedule() {
    boolean newWorkers = progress.load().waitingSince().isPresent();
    boolean starting =
        newWorkers
            && workers.stream().anyMatch(worker -> worker.report().lastMessageAt().isEmpty());
    if (starting
        && progress.load().waitingSince().filter(this::withinFirstReportTimeout).isPresent()) {
      return List.of(
          new RunAction.Await(Timing.RESEND_INTERVAL, "the first report of all workers"));
    }
    Duration left =
        progress
            .attempt()
            .armingSince()
            .map(since -> Duration.between(now, since.plus(plan.limits().startTimeout())))
            .orElse(Duration.ZERO);
    Duration first = newWorkers ? Timing.extraLead(plan.load().workers()) : Duration.ZERO;
    Instant earliest =
        now.plus(
            Timing.lead(progress.attempt().unarmedAttempts() + (starting ? 1 : 0), first, left));
    Instant t0 =
        progress.notBefore().filter(earliest::isBefore).orElse(earliest).plus(load.clockAhead());
    return List.of(new RunAction.ScheduleAttempt(progress.schedule(afterTargetStart(), t0)));
  }

  private boolean withinFirstReportTimeout(Instant since) {
    Duration timeout =
        Timing.firstReportTimeout(plan.load().workers(), plan.limits().startTimeout());
    return now.isBefore(since.plus(timeout));
  }

  /**
   * Now, by the operator's clock; later if the target's last start is later, because the clock of
   * its node is ahead or the time was rounded. Otherwise that start would invalidate the attempt.
   */
  private Instant afterTargetStart() {
    return observed
        .target(step.target())
        .flatMap(TargetObservation::lastStart)
        .map(start -> start.plusNanos(1000))
        .filter(now::isBefore)
        .orElse(now);
  }

  private List<RunAction> beforeStart(Instant t0) {
    if (failurePolicy.restarted()) {
      return failurePolicy.discardAttempt();
    }
    if (reports.all(AttemptReports::hasArmed)) {
      return progress.load().waitingSince().isPresent()
          ? List.of(new RunAction.MarkWorkersArmed(progress.workersArmed()))
          : List.of(new RunAction.Await(Duration.between(now, t0), "T0"));
    }
    if (armingOverdue() && hadMaxLead()) {
      return List.of(neverArmed());
    }
    Instant armingDeadline = t0.minus(Timing.ARMED_BEFORE_T0);
    if (!now.isBefore(armingDeadline) || reports.any(AttemptReports::cannotArm)) {
      return abort("not all workers were armed");
    }
    List<WorkerObservation> unarmed =
        reports.toCommand(AttemptReports::notArmed, LastCommand.Kind.ARM, 0);
    RunAction wait =
        new RunAction.Await(
            shorter(Timing.RESEND_INTERVAL, Duration.between(now, armingDeadline)),
            "the workers to be armed");
    return unarmed.isEmpty() ? List.of(wait) : List.of(new RunAction.ArmWorkers(unarmed), wait);
  }

  private List<RunAction> afterStart(Instant t0) {
    if (failurePolicy.restarted()) {
      return failurePolicy.discardAttempt();
    }
    if (reports.any(AttemptReports::cannotStart) || reports.anyStillWaits()) {
      return now.isBefore(t0.plus(Timing.LEAD_MAX))
          ? abort("a worker was never armed")
          : List.of(
              new RunAction.AbortAttempt(progress.abandon(plan, now, NO_OPERATOR), NO_OPERATOR));
    }
    Optional<String> failure = reports.failure();
    if (failure.isPresent()) {
      return reports.any(AttemptReports::targetIsCauseOf)
          ? unreachable(failure.get())
          : workerFailed("WorkerMissing: " + failure.get());
    }
    if (reports.all(reportedState -> reportedState instanceof ReportedState.Measured)) {
      return new StepCompletion(plan, step, progress, observed, now).decide();
    }
    return awaitResults(t0);
  }

  private List<RunAction> unreachable(String failure) {
    return failurePolicy
        .awaitCause()
        .map(List::of)
        .orElseGet(() -> failurePolicy.discardAttempt(failure));
  }

  /**
   * The state of a worker that has not reported on this attempt after T0 is requested at once, a
   * result only when it is overdue.
   */
  private List<RunAction> awaitResults(Instant t0) {
    Instant bound = t0.plus(Timing.resultTimeout(plan.load(), step));
    if (now.isBefore(bound)) {
      return reports.any(AttemptReports::notArmed)
          ? requestState(bound)
          : List.of(new RunAction.Await(Duration.between(now, bound), "results"));
    }
    return new ResultCollection(plan, progress, workers, now).decide();
  }

  private List<RunAction> requestState(Instant until) {
    List<WorkerObservation> unreported =
        reports.toCommand(AttemptReports::notArmed, LastCommand.Kind.REPEAT, 0);
    RunAction wait =
        new RunAction.Await(
            shorter(Timing.RESEND_INTERVAL, Duration.between(now, until)),
            "the state of the workers");
    return unreported.isEmpty()
        ? List.of(wait)
        : List.of(new RunAction.RequestResults(unreported, 0), wait);
  }

  private List<RunAction> workerFailed(String why) {
    return RetryPolicy.discardOrFail(plan, progress.discardAttempt(plan, now, why), why);
  }

  private List<RunAction> abort(String what) {
    String why = what + ": " + reports.unarmedWorkers();
    return armingOverdue()
        ? List.of(neverArmed())
        : List.of(new RunAction.AbortAttempt(progress.abort(plan, now, why), why));
  }

  /**
   * Whether this attempt had the maximum lead: it gets it even if it was scheduled late, because no
   * operator was running.
   */
  private boolean hadMaxLead() {
    return progress
        .attempt()
        .scheduledAt()
        .filter(scheduled -> now.isBefore(scheduled.plus(Timing.LEAD_MAX)))
        .isEmpty();
  }

  private boolean armingOverdue() {
    return progress
        .attempt()
        .armingSince()
        .filter(since -> !now.isBefore(since.plus(plan.limits().startTimeout())))
        .isPresent();
  }

  private RunAction neverArmed() {
    String message =
        "not armed within limits.startTimeout of %ss: %s"
            .formatted(plan.limits().startTimeout().toSeconds(), reports.unarmedWorkers());
    return reports.targetWasCause()
        ? TargetSequence.failTarget(
            plan,
            observed,
            step.target(),
            RemediationHint.ofTarget(new Problem(Problem.Kind.NOT_READY, message)))
        : new RunAction.FinishRun(
            FinishReason.WORKERS_FAILED,
            Verdict.ERROR,
            RemediationHint.ofWorkers(new Problem(Problem.Kind.NOT_ARMED, message)).message());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

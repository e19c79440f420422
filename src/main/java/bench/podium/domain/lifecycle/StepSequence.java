package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.StepAssessment;
import bench.podium.domain.judge.Verdict;
import bench.podium.domain.lifecycle.WorkerObservation.Told;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import bench.podium.domain.measure.WorkerMeasurement;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Intend, arm, run, record: one step with its target ready and all load pods running. */
final class StepSequence {

  private final RunPlan plan;
  private final Step step;
  private final Progress progress;
  private final Observation seen;
  private final Instant now;
  private final LoadObservation.Present load;
  private final List<WorkerObservation> workers;

  StepSequence(RunPlan plan, Step step, Progress progress, Observation seen, Instant now) {
    this.plan = plan;
    this.step = step;
    this.progress = progress;
    this.seen = seen;
    this.now = now;
    this.load = (LoadObservation.Present) seen.load();
    this.workers = load.workers();
  }

  List<Decision> decide() {
    return progress
        .t0()
        .map(t0 -> now.isBefore(t0) ? beforeStart(t0) : afterStart(t0))
        .orElseGet(this::intend);
  }

  private List<Decision> intend() {
    if (armingOverdue()) {
      return List.of(neverArmed());
    }
    Instant earliest = now.plus(Timing.lead(progress.callOffs()));
    Instant t0 =
        progress.notBefore().filter(earliest::isBefore).orElse(earliest).plus(load.clockAhead());
    return List.of(new Decision.IntendStep(progress.intend(now, t0)));
  }

  private List<Decision> beforeStart(Instant t0) {
    if (targetRestarted()) {
      return voidByTarget();
    }
    if (all(says -> says instanceof Says.Armed)) {
      return progress.loadSince().isPresent()
          ? List.of(new Decision.NoteArmed(progress.loadHasArmed()))
          : List.of(new Decision.Await(Duration.between(now, t0), "T0"));
    }
    if (armingOverdue()) {
      return List.of(neverArmed());
    }
    Instant lastCall = t0.minus(Timing.ARMED_BEFORE_T0);
    if (!now.isBefore(lastCall) || any(StepSequence::cannotArm)) {
      return callOff("not all load pods were armed");
    }
    return List.of(
        new Decision.ArmWorkers(toCommand(StepSequence::notArmed, Told.Kind.ARM, 0)),
        new Decision.Await(shorter(Timing.NUDGE, Duration.between(now, lastCall)), "armed"));
  }

  private List<Decision> afterStart(Instant t0) {
    if (targetRestarted()) {
      return voidByTarget();
    }
    if (any(StepSequence::cannotStart)) {
      return callOff("a load pod was never armed");
    }
    Optional<String> failure = failure();
    if (failure.isPresent()) {
      return Attempts.voidOrEnd(plan, progress, "WorkerMissing: " + failure.get());
    }
    if (all(says -> says instanceof Says.Measured)) {
      return record();
    }
    return awaitResults(t0);
  }

  /**
   * Whoever is silent about this attempt after T0 is asked at once; a result only after its time.
   */
  private List<Decision> awaitResults(Instant t0) {
    if (any(says -> says instanceof Says.Nothing || says instanceof Says.Waiting)) {
      List<WorkerObservation> silent = toCommand(StepSequence::notArmed, Told.Kind.REPEAT, 0);
      if (!silent.isEmpty() && now.isBefore(t0.plus(Timing.resultBound(plan.load(), step)))) {
        return List.of(
            new Decision.AskAgain(silent, 0), new Decision.Await(Timing.NUDGE, "the pods' state"));
      }
    }
    Instant bound = t0.plus(Timing.resultBound(plan.load(), step));
    if (now.isBefore(bound)) {
      return List.of(new Decision.Await(Duration.between(now, bound), "results"));
    }
    int ask = 1 + (int) Duration.between(bound, now).dividedBy(Timing.ASK_AGAIN);
    if (ask <= Timing.ASKS) {
      return List.of(
          new Decision.AskAgain(
              toCommand(says -> !(says instanceof Says.Measured), Told.Kind.REPEAT, ask), ask),
          new Decision.Await(Timing.NUDGE, "results that were asked for again"));
    }
    String missing = String.join(", ", named(says -> !(says instanceof Says.Measured)));
    return Attempts.voidOrEnd(
        plan,
        progress.replaceLoadAfterVoid(now),
        "WorkerMissing: no result of " + missing + " in time");
  }

  private List<Decision> record() {
    List<WorkerMeasurement> measurements =
        workers.stream()
            .map(worker -> worker.talk().of(progress.current()))
            .map(says -> ((Says.Measured) says).measurement())
            .toList();
    TargetObservation target = seen.target(step.target()).orElseThrow();
    return switch (StepAssessment.assess(
        plan, step, measurements, progress.voided() + 1, target.restarts(), target.oomKills())) {
      case StepAssessment.Voided(var law) ->
          Attempts.voidOrEnd(plan, progress, law.law() + ": " + law.message());
      case StepAssessment.Valid(var row) -> List.of(new Decision.RecordStep(row, workers));
    };
  }

  private List<Decision> callOff(String why) {
    return armingOverdue()
        ? List.of(neverArmed())
        : List.of(new Decision.CallOffStep(progress.callOff(), why + ": " + lastWords()));
  }

  private boolean armingOverdue() {
    return progress
        .armingSince()
        .filter(since -> !now.isBefore(since.plus(plan.limits().startTimeout())))
        .isPresent();
  }

  private Decision neverArmed() {
    String message =
        "not armed within limits.startTimeout of %ss: %s"
            .formatted(plan.limits().startTimeout().toSeconds(), lastWords());
    return any(StepSequence::blamesTarget)
        ? TargetSequence.endTarget(
            plan, seen, step.target(), new Trouble(Trouble.Kind.NOT_READY, message))
        : new Decision.FinishRun(FinishReason.WORKERS_FAILED, Verdict.ERROR, message);
  }

  private boolean targetRestarted() {
    TargetObservation target = seen.target(step.target()).orElseThrow();
    return progress
        .intendedAt()
        .flatMap(intended -> target.lastStart().filter(start -> !start.isBefore(intended)))
        .isPresent();
  }

  private List<Decision> voidByTarget() {
    TargetObservation target = seen.target(step.target()).orElseThrow();
    Progress voided = progress.voidAttempt();
    return List.of(
        Attempts.exhausted(plan, voided)
            ? new Decision.EndTarget(
                remainingSteps().stream()
                    .map(
                        left ->
                            StepAssessment.restarted(left, target.restarts(), target.oomKills()))
                    .toList())
            : new Decision.VoidAttempt(
                voided, "TargetRestarted: target %s restarted".formatted(step.target())));
  }

  private List<Step> remainingSteps() {
    return plan.steps().stream()
        .filter(other -> other.target().equals(step.target()) && other.index() >= step.index())
        .toList();
  }

  private Optional<String> failure() {
    return workers.stream()
        .filter(worker -> worker.talk().of(progress.current()) instanceof Says.Failed)
        .map(
            worker ->
                worker.pod() + ": " + ((Says.Failed) worker.talk().of(progress.current())).reason())
        .findFirst();
  }

  private List<WorkerObservation> toCommand(Predicate<Says> whom, Told.Kind kind, int ask) {
    return workers.stream()
        .filter(worker -> whom.test(worker.talk().of(progress.current())))
        .filter(worker -> !toldLately(worker, kind, ask))
        .toList();
  }

  private boolean toldLately(WorkerObservation worker, Told.Kind kind, int ask) {
    return worker
        .told()
        .filter(told -> told.about().equals(progress.current()))
        .filter(told -> told.kind() == kind && told.ask() == ask)
        .filter(told -> now.isBefore(told.at().plus(Timing.NUDGE)))
        .isPresent();
  }

  private List<String> named(Predicate<Says> which) {
    return workers.stream()
        .filter(worker -> which.test(worker.talk().of(progress.current())))
        .map(WorkerObservation::pod)
        .toList();
  }

  private String lastWords() {
    return String.join(
        "; ",
        workers.stream()
            .filter(worker -> !(worker.talk().of(progress.current()) instanceof Says.Armed))
            .map(worker -> worker.pod() + " " + LastWord.of(worker.talk().says()))
            .toList());
  }

  private boolean all(Predicate<Says> test) {
    return workers.stream().allMatch(worker -> test.test(worker.talk().of(progress.current())));
  }

  private boolean any(Predicate<Says> test) {
    return workers.stream().anyMatch(worker -> test.test(worker.talk().of(progress.current())));
  }

  private static boolean notArmed(Says says) {
    return says instanceof Says.Nothing
        || says instanceof Says.Waiting
        || says instanceof Says.Unknown;
  }

  private static boolean cannotStart(Says says) {
    return says instanceof Says.Late || says instanceof Says.Unknown;
  }

  private static boolean cannotArm(Says says) {
    return cannotStart(says) || says instanceof Says.Failed;
  }

  private static boolean blamesTarget(Says says) {
    return (says instanceof Says.Waiting waiting && waiting.targetIsWhy())
        || (says instanceof Says.Failed failed && failed.targetIsWhy());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

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
  private final TargetFault fault;

  StepSequence(RunPlan plan, Step step, Progress progress, Observation seen, Instant now) {
    this.plan = plan;
    this.step = step;
    this.progress = progress;
    this.seen = seen;
    this.now = now;
    this.load = (LoadObservation.Present) seen.load();
    this.workers = load.workers();
    this.fault = new TargetFault(plan, step, progress, seen);
  }

  List<Decision> decide() {
    return progress
        .t0()
        .map(t0 -> now.isBefore(t0) ? beforeStart(t0) : afterStart(t0))
        .orElseGet(this::intend);
  }

  /** A load pod that is new and has not said a word still starts, which eats up the lead. */
  private List<Decision> intend() {
    boolean starting =
        progress.loadSince().isPresent()
            && workers.stream().anyMatch(worker -> worker.talk().lastHeard().isEmpty());
    Duration left =
        progress
            .armingSince()
            .map(since -> Duration.between(now, since.plus(plan.limits().startTimeout())))
            .orElse(Duration.ZERO);
    Instant earliest = now.plus(Timing.lead(progress.callOffs() + (starting ? 1 : 0), left));
    Instant t0 =
        progress.notBefore().filter(earliest::isBefore).orElse(earliest).plus(load.clockAhead());
    return List.of(new Decision.IntendStep(progress.intend(afterTargetsStart(), t0)));
  }

  /**
   * Now, by the operator's clock; later where the clock of the target's node is ahead, or its cut
   * to whole seconds hides when the target started, so that no start spoils the attempt after it.
   */
  private Instant afterTargetsStart() {
    return seen.target(step.target())
        .flatMap(TargetObservation::lastStart)
        .map(start -> start.plusNanos(1000))
        .filter(now::isBefore)
        .orElse(now);
  }

  private List<Decision> beforeStart(Instant t0) {
    if (fault.restarted()) {
      return fault.voidAttempt();
    }
    if (all(StepSequence::hasArmed)) {
      return progress.loadSince().isPresent()
          ? List.of(new Decision.NoteArmed(progress.loadHasArmed()))
          : List.of(new Decision.Await(Duration.between(now, t0), "T0"));
    }
    if (armingOverdue() && hadItsLead()) {
      return List.of(neverArmed());
    }
    Instant lastCall = t0.minus(Timing.ARMED_BEFORE_T0);
    if (!now.isBefore(lastCall) || any(StepSequence::cannotArm)) {
      return callOff("not all load pods were armed");
    }
    List<WorkerObservation> behind = toCommand(StepSequence::notArmed, Told.Kind.ARM, 0);
    Decision wait =
        new Decision.Await(shorter(Timing.NUDGE, Duration.between(now, lastCall)), "armed");
    return behind.isEmpty() ? List.of(wait) : List.of(new Decision.ArmWorkers(behind), wait);
  }

  private List<Decision> afterStart(Instant t0) {
    if (fault.restarted()) {
      return fault.voidAttempt();
    }
    if (any(StepSequence::cannotStart) || workers.stream().anyMatch(this::stillWaits)) {
      return now.isBefore(t0.plus(Timing.LEAD_MAX))
          ? callOff("a load pod was never armed")
          : List.of(
              new Decision.CallOffStep(
                  progress.callOffAfresh(), "nobody was there to arm the load pods"));
    }
    Optional<String> failure = failure();
    if (failure.isPresent()) {
      return any(StepSequence::blamesTarget)
          ? fault.voidAttempt(failure.get())
          : Attempts.voidOrEnd(plan, progress, "WorkerMissing: " + failure.get());
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
    Instant bound = t0.plus(Timing.resultBound(plan.load(), step));
    if (now.isBefore(bound)) {
      return any(StepSequence::notArmed)
          ? askForState(bound)
          : List.of(new Decision.Await(Duration.between(now, bound), "results"));
    }
    return new MissingResults(plan, progress, workers, now).decide();
  }

  private List<Decision> askForState(Instant until) {
    List<WorkerObservation> silent = toCommand(StepSequence::notArmed, Told.Kind.REPEAT, 0);
    Decision wait =
        new Decision.Await(shorter(Timing.NUDGE, Duration.between(now, until)), "the pods' state");
    return silent.isEmpty() ? List.of(wait) : List.of(new Decision.AskAgain(silent, 0), wait);
  }

  private List<Decision> record() {
    List<WorkerMeasurement> measurements =
        workers.stream()
            .map(worker -> worker.talk().of(progress.current()))
            .map(says -> ((Says.Measured) says).measurement())
            .toList();
    TargetObservation target = seen.target(step.target()).orElseThrow();
    if (!target.running()) {
      // Its pod went, and no other has started.
      return fault.voidAttempt();
    }
    Optional<Decision> wait = fault.mayShowYet(measurements, now);
    if (wait.isPresent()) {
      return List.of(wait.get());
    }
    AwaitedSamples samples = samples(target);
    List<Decision> awaited = samples.decide();
    if (!awaited.isEmpty()) {
      return awaited;
    }
    var circumstances =
        new StepAssessment.Circumstances(
            progress.voided() + 1,
            target.restarts(),
            target.oomKills(),
            workers.stream().anyMatch(worker -> target.nodes().contains(worker.node())),
            samples.observed());
    return switch (StepAssessment.assess(plan, step, measurements, circumstances)) {
      case StepAssessment.Voided(var law) ->
          Attempts.voidOrEnd(plan, progress, law.law().reason() + ": " + law.message());
      case StepAssessment.Valid(var row, var merged) ->
          List.of(new Decision.RecordStep(row, merged, workers, samples.within()));
    };
  }

  private AwaitedSamples samples(TargetObservation target) {
    Instant until = progress.t0().orElseThrow().plus(Timing.load(plan.load(), step));
    Instant from = until.minus(step.stage().duration());
    return new AwaitedSamples(target, progress.current(), from, until, now);
  }

  private List<Decision> callOff(String why) {
    return armingOverdue()
        ? List.of(neverArmed())
        : List.of(new Decision.CallOffStep(progress.callOff(), why + ": " + lastWords()));
  }

  /** An operator that was away intends late: this attempt gets its time all the same. */
  private boolean hadItsLead() {
    return progress
        .intendedAt()
        .filter(intended -> now.isBefore(intended.plus(Timing.LEAD_MAX)))
        .isEmpty();
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
    return workers.stream().anyMatch(this::lastBlamedTarget)
        ? TargetSequence.endTarget(
            plan,
            seen,
            step.target(),
            Remedy.ofTarget(new Trouble(Trouble.Kind.NOT_READY, message)))
        : new Decision.FinishRun(
            FinishReason.WORKERS_FAILED,
            Verdict.ERROR,
            Remedy.ofLoad(new Trouble(Trouble.Kind.NOT_ARMED, message)).message());
  }

  /** In this attempt or one before it: of the newest a pod may not have said anything yet. */
  private boolean lastBlamedTarget(WorkerObservation worker) {
    return blamesTarget(worker.talk().says())
        && worker.talk().about().filter(about -> about.step() == step.index()).isPresent();
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
        .filter(told -> told.within(Timing.NUDGE, now))
        .isPresent();
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

  /** A pod whose clock is ahead of the operator's may be through before T0 has come here. */
  private static boolean hasArmed(Says says) {
    return says instanceof Says.Armed || says instanceof Says.Ran || says instanceof Says.Measured;
  }

  private static boolean cannotStart(Says says) {
    return says instanceof Says.Late || says instanceof Says.Unknown;
  }

  /** It was asked after T0 and waits for the target as before: it will not send. */
  private boolean stillWaits(WorkerObservation worker) {
    return worker.talk().of(progress.current()) instanceof Says.Waiting
        && worker
            .told()
            .filter(told -> told.about().equals(progress.current()))
            .filter(told -> told.kind() == Told.Kind.REPEAT)
            .filter(told -> !now.isBefore(told.at().plus(Timing.NUDGE)))
            .isPresent();
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

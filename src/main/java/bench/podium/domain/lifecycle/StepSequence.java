package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.Verdict;
import bench.podium.domain.lifecycle.WorkerObservation.Told;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Intend, arm, run: one step with its target ready and all load pods running. */
final class StepSequence {

  private static final String UNATTENDED = "nobody was there to arm the load pods";

  private final RunPlan plan;
  private final Step step;
  private final Progress progress;
  private final Observation seen;
  private final Instant now;
  private final LoadObservation.Present load;
  private final List<WorkerObservation> workers;
  private final AttemptTalk said;
  private final TargetFault fault;

  StepSequence(RunPlan plan, Step step, Progress progress, Observation seen, Instant now) {
    this.plan = plan;
    this.step = step;
    this.progress = progress;
    this.seen = seen;
    this.now = now;
    this.load = (LoadObservation.Present) seen.load();
    this.workers = load.workers();
    this.said = new AttemptTalk(workers, progress.current(), now);
    this.fault = new TargetFault(plan, step, progress, seen, now);
  }

  List<Decision> decide() {
    return progress
        .t0()
        .map(t0 -> now.isBefore(t0) ? beforeStart(t0) : afterStart(t0))
        .orElseGet(this::intend);
  }

  /** A load pod that is new and has not said a word still starts, which would eat up the lead. */
  private List<Decision> intend() {
    boolean fresh = progress.load().awaitedSince().isPresent();
    boolean starting =
        fresh && workers.stream().anyMatch(worker -> worker.talk().lastHeard().isEmpty());
    if (starting && progress.load().awaitedSince().filter(this::justMade).isPresent()) {
      return List.of(new Decision.Await(Timing.NUDGE, "the load pods' first word"));
    }
    Duration left =
        progress
            .atHand()
            .armingSince()
            .map(since -> Duration.between(now, since.plus(plan.limits().startTimeout())))
            .orElse(Duration.ZERO);
    Duration first = fresh ? Timing.firstLead(plan.load().workers()) : Duration.ZERO;
    Instant earliest =
        now.plus(Timing.lead(progress.atHand().notArmed() + (starting ? 1 : 0), first, left));
    Instant t0 =
        progress.notBefore().filter(earliest::isBefore).orElse(earliest).plus(load.clockAhead());
    return List.of(new Decision.IntendStep(progress.intend(afterTargetsStart(), t0)));
  }

  private boolean justMade(Instant since) {
    Duration patience = Timing.firstWord(plan.load().workers(), plan.limits().startTimeout());
    return now.isBefore(since.plus(patience));
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
    if (said.all(AttemptTalk::hasArmed)) {
      return progress.load().awaitedSince().isPresent()
          ? List.of(new Decision.NoteArmed(progress.loadHasArmed()))
          : List.of(new Decision.Await(Duration.between(now, t0), "T0"));
    }
    if (armingOverdue() && hadItsLead()) {
      return List.of(neverArmed());
    }
    Instant lastCall = t0.minus(Timing.ARMED_BEFORE_T0);
    if (!now.isBefore(lastCall) || said.any(AttemptTalk::cannotArm)) {
      return callOff("not all load pods were armed");
    }
    List<WorkerObservation> behind = said.toCommand(AttemptTalk::notArmed, Told.Kind.ARM, 0);
    Decision wait =
        new Decision.Await(shorter(Timing.NUDGE, Duration.between(now, lastCall)), "armed");
    return behind.isEmpty() ? List.of(wait) : List.of(new Decision.ArmWorkers(behind), wait);
  }

  private List<Decision> afterStart(Instant t0) {
    if (fault.restarted()) {
      return fault.voidAttempt();
    }
    if (said.any(AttemptTalk::cannotStart) || said.oneStillWaits()) {
      return now.isBefore(t0.plus(Timing.LEAD_MAX))
          ? callOff("a load pod was never armed")
          : List.of(new Decision.CallOffStep(progress.abandon(plan, now, UNATTENDED), UNATTENDED));
    }
    Optional<String> failure = said.failure();
    if (failure.isPresent()) {
      return said.any(AttemptTalk::blamesTarget)
          ? unreachable(failure.get())
          : workerFailed("WorkerMissing: " + failure.get());
    }
    if (said.all(says -> says instanceof Says.Measured)) {
      return new StepRecord(plan, step, progress, seen, now).decide();
    }
    return awaitResults(t0);
  }

  private List<Decision> unreachable(String failure) {
    return fault.causeMayShow().map(List::of).orElseGet(() -> fault.voidAttempt(failure));
  }

  /**
   * Whoever is silent about this attempt after T0 is asked at once; a result only after its time.
   */
  private List<Decision> awaitResults(Instant t0) {
    Instant bound = t0.plus(Timing.resultBound(plan.load(), step));
    if (now.isBefore(bound)) {
      return said.any(AttemptTalk::notArmed)
          ? askForState(bound)
          : List.of(new Decision.Await(Duration.between(now, bound), "results"));
    }
    return new MissingResults(plan, progress, workers, now).decide();
  }

  private List<Decision> askForState(Instant until) {
    List<WorkerObservation> silent = said.toCommand(AttemptTalk::notArmed, Told.Kind.REPEAT, 0);
    Decision wait =
        new Decision.Await(shorter(Timing.NUDGE, Duration.between(now, until)), "the pods' state");
    return silent.isEmpty() ? List.of(wait) : List.of(new Decision.AskAgain(silent, 0), wait);
  }

  private List<Decision> workerFailed(String why) {
    return Attempts.voidOrEnd(plan, progress.voidAttempt(plan, now, why), why);
  }

  private List<Decision> callOff(String what) {
    String why = what + ": " + said.lastWords();
    return armingOverdue()
        ? List.of(neverArmed())
        : List.of(new Decision.CallOffStep(progress.callOff(plan, now, why), why));
  }

  /** An operator that was away intends late: this attempt gets its time all the same. */
  private boolean hadItsLead() {
    return progress
        .atHand()
        .intendedAt()
        .filter(intended -> now.isBefore(intended.plus(Timing.LEAD_MAX)))
        .isEmpty();
  }

  private boolean armingOverdue() {
    return progress
        .atHand()
        .armingSince()
        .filter(since -> !now.isBefore(since.plus(plan.limits().startTimeout())))
        .isPresent();
  }

  private Decision neverArmed() {
    String message =
        "not armed within limits.startTimeout of %ss: %s"
            .formatted(plan.limits().startTimeout().toSeconds(), said.lastWords());
    return said.everBlamedTarget()
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

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

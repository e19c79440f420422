package bench.podium.domain.lifecycle;

import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkerObservation.State;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Ends the load of a terminated attempt: each worker that may run it gets the command to stop it,
 * and reports how many requests it sent. The load has ended in a worker that reports so, in a
 * worker whose container has terminated, and at the time at which it would have ended by itself.
 */
final class LoadTermination {

  private final RunPlan plan;
  private final Progress progress;
  private final RunObservation observed;
  private final Instant now;
  private final AttemptTermination ending;
  private final List<Share> shares;

  /**
   * What is known of one worker's share of the load.
   *
   * @param finished whether it sends no more requests
   * @param sent number of requests; absent where it is unknown, or not yet known
   * @param toCommand the worker that must get the command; absent where there is none
   */
  private record Share(
      boolean finished, Optional<Long> sent, Optional<WorkerObservation> toCommand) {

    static Share finished(Optional<Long> sent) {
      return new Share(true, sent, Optional.empty());
    }
  }

  LoadTermination(
      RunPlan plan,
      Progress progress,
      AttemptTermination ending,
      RunObservation observed,
      Instant now) {
    this.plan = plan;
    this.progress = progress;
    this.ending = ending;
    this.observed = observed;
    this.now = now;
    this.shares = IntStream.range(0, plan.load().workers()).mapToObj(this::share).toList();
  }

  /** The next actions; the last one writes that the load has ended. */
  List<RunAction> decide() {
    if (shares.stream().allMatch(Share::finished)) {
      return List.of(conclude());
    }
    Map<Integer, Long> knownCounts = knownCounts();
    return mustBeWritten(knownCounts)
        ? List.of(
            new RunAction.MarkTerminated(progress.updateTermination(ending.withSent(knownCounts))))
        : terminateWorkers();
  }

  /**
   * The next actions of a run that finishes. The wait is shorter, because the load cannot disturb
   * another attempt.
   */
  List<RunAction> decideBeforeFinish() {
    return hasWaitedLongEnough() ? List.of(conclude()) : decide();
  }

  /** Whether a run that finishes or is suspended waits no longer for the workers' counts. */
  boolean hasWaitedLongEnough() {
    return !now.isBefore(ending.givenUpAt().plus(Timing.FINAL_COUNT_TIMEOUT));
  }

  private RunAction conclude() {
    boolean allKnown = shares.stream().allMatch(share -> share.sent().isPresent());
    Optional<Long> total =
        allKnown
            ? Optional.of(shares.stream().mapToLong(share -> share.sent().orElse(0L)).sum())
            : Optional.empty();
    Step step = plan.steps().get(progress.step());
    long next =
        new SequenceNumberBound(plan, step)
            .after(progress.nextSequence(), shares.stream().map(Share::sent));
    return new RunAction.MarkTerminated(
        progress.completeTermination(ending.record(progress.attempt().number(), total), next));
  }

  private List<RunAction> terminateWorkers() {
    List<WorkerObservation> workers =
        shares.stream()
            .flatMap(share -> share.toCommand().stream())
            .filter(worker -> !sentRecently(worker))
            .toList();
    Duration left = Duration.between(now, ending.loadUntil());
    RunAction wait =
        new RunAction.Await(
            left.isPositive() && left.compareTo(Timing.RESEND_INTERVAL) < 0
                ? left
                : Timing.RESEND_INTERVAL,
            "the load of the previous attempt to end");
    return workers.isEmpty()
        ? List.of(wait)
        : List.of(new RunAction.TerminateAttempt(workers), wait);
  }

  private boolean sentRecently(WorkerObservation worker) {
    return lastStop(worker)
        .filter(lastCommand -> lastCommand.within(Timing.RESEND_INTERVAL, now))
        .isPresent();
  }

  private Optional<LastCommand> lastStop(WorkerObservation worker) {
    return worker.lastCommand(LastCommand.Kind.STOP, progress.attemptId());
  }

  private Share share(int index) {
    Optional<Long> recorded = Optional.ofNullable(ending.sent().get(index));
    return recorded.isPresent()
        ? Share.finished(recorded)
        : observed.terminatingWorkers().stream()
            .filter(worker -> worker.index() == index)
            .map(this::share)
            .reduce((one, other) -> one.finished() ? other : one)
            .orElseGet(() -> Share.finished(sentIfLost()));
  }

  private Share share(WorkerObservation worker) {
    Optional<Long> reported = worker.report().sentIn(progress.attemptId());
    if (reported.isPresent()) {
      return Share.finished(reported);
    }
    boolean ended =
        switch (worker.state()) {
          case State.Running() -> false;
          case State.Lost(Problem _, boolean stillRuns) -> !stillRuns;
          case State.Starting _ -> cannotHaveAttempt(worker);
        };
    if (ended) {
      return Share.finished(sentIfLost());
    }
    if (passedT0Unarmed(worker)) {
      return Share.finished(Optional.of(0L));
    }
    return now.isBefore(ending.loadUntil())
        ? new Share(false, Optional.empty(), Optional.of(worker))
        : Share.finished(Optional.empty());
  }

  /** Whether a worker that has not started will not find a command to run the attempt. */
  private boolean cannotHaveAttempt(WorkerObservation worker) {
    return worker.lastCommand(LastCommand.Kind.ARM, progress.attemptId()).isEmpty();
  }

  /**
   * Whether T0 has passed by the worker's own clock and it has not reported a started engine. From
   * then on it starts none in this attempt, even if no command reaches it.
   */
  private boolean passedT0Unarmed(WorkerObservation worker) {
    return worker
            .report()
            .clock()
            .filter(clock -> !clock.isBefore(ending.t0().plus(Timing.LATE_REPORT_DELAY)))
            .isPresent()
        && !AttemptReports.mayHaveSent(worker.report().stateIn(progress.attemptId()));
  }

  /**
   * Number of requests of a worker that ended without a report: 0 before T0, afterwards unknown.
   */
  private Optional<Long> sentIfLost() {
    return now.isBefore(ending.t0()) ? Optional.of(0L) : Optional.empty();
  }

  private Map<Integer, Long> knownCounts() {
    Map<Integer, Long> knownCounts = new TreeMap<>();
    for (int index = 0; index < shares.size(); index++) {
      int worker = index;
      shares.get(index).sent().ifPresent(sent -> knownCounts.put(worker, sent));
    }
    return knownCounts;
  }

  /**
   * Whether counts should be written now: the log of a lost worker, and the time of its loss, may
   * soon be unavailable.
   */
  private boolean mustBeWritten(Map<Integer, Long> knownCounts) {
    List<Integer> added = new ArrayList<>(knownCounts.keySet());
    added.removeAll(ending.sent().keySet());
    boolean late = !now.isBefore(ending.givenUpAt().plus(Timing.COUNT_WRITE_DELAY));
    return added.stream().anyMatch(index -> late || !isRunning(index));
  }

  private boolean isRunning(int index) {
    return observed.terminatingWorkers().stream()
        .anyMatch(worker -> worker.index() == index && worker.state() instanceof State.Running);
  }
}

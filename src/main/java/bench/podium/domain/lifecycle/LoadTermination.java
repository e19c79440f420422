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
  private final List<Part> parts;

  /**
   * What is known of one worker's share of the load.
   *
   * @param over whether it sends no more requests
   * @param sent number of requests; absent where it is unknown, or not yet known
   * @param tell the worker that must get the command; absent where there is none
   */
  private record Part(boolean over, Optional<Long> sent, Optional<WorkerObservation> tell) {

    static Part over(Optional<Long> sent) {
      return new Part(true, sent, Optional.empty());
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
    this.parts = IntStream.range(0, plan.load().workers()).mapToObj(this::part).toList();
  }

  /** The next actions; the last one writes that the load has ended. */
  List<RunAction> decide() {
    if (parts.stream().allMatch(Part::over)) {
      return List.of(conclude());
    }
    Map<Integer, Long> known = known();
    return mayBeForgotten(known)
        ? List.of(new RunAction.MarkTerminated(progress.note(ending.withSent(known))))
        : tell();
  }

  /**
   * The next actions of a run that finishes. The wait is shorter, because the load cannot disturb
   * another attempt.
   */
  List<RunAction> decideAtLast() {
    return isLate() ? List.of(conclude()) : decide();
  }

  /** Whether a run that finishes or is suspended waits no longer for the workers' counts. */
  boolean isLate() {
    return !now.isBefore(ending.givenUpAt().plus(Timing.LAST_COUNT));
  }

  private RunAction conclude() {
    boolean known = parts.stream().allMatch(part -> part.sent().isPresent());
    Optional<Long> total =
        known
            ? Optional.of(parts.stream().mapToLong(part -> part.sent().orElse(0L)).sum())
            : Optional.empty();
    Step step = plan.steps().get(progress.step());
    long next =
        new SequenceNumberBound(plan, step)
            .after(progress.nextSequence(), parts.stream().map(Part::sent));
    return new RunAction.MarkTerminated(
        progress.conclude(ending.record(progress.atHand().number(), total), next));
  }

  private List<RunAction> tell() {
    List<WorkerObservation> toTell =
        parts.stream()
            .flatMap(part -> part.tell().stream())
            .filter(worker -> !sentRecently(worker))
            .toList();
    Duration left = Duration.between(now, ending.loadUntil());
    RunAction wait =
        new RunAction.Await(
            left.isPositive() && left.compareTo(Timing.RESEND_INTERVAL) < 0
                ? left
                : Timing.RESEND_INTERVAL,
            "the load of the attempt before to end");
    return toTell.isEmpty() ? List.of(wait) : List.of(new RunAction.TerminateAttempt(toTell), wait);
  }

  private boolean sentRecently(WorkerObservation worker) {
    return wasCommanded(worker)
        .filter(lastCommand -> lastCommand.within(Timing.RESEND_INTERVAL, now))
        .isPresent();
  }

  private Optional<LastCommand> wasCommanded(WorkerObservation worker) {
    return worker.lastCommand(LastCommand.Kind.STOP, progress.current());
  }

  private Part part(int index) {
    Optional<Long> noted = Optional.ofNullable(ending.sent().get(index));
    return noted.isPresent()
        ? Part.over(noted)
        : observed.ending().stream()
            .filter(worker -> worker.index() == index)
            .map(this::part)
            .reduce((one, other) -> one.over() ? other : one)
            .orElseGet(() -> Part.over(sentByNow()));
  }

  private Part part(WorkerObservation worker) {
    Optional<Long> said = worker.report().sentIn(progress.current());
    if (said.isPresent()) {
      return Part.over(said);
    }
    boolean ended =
        switch (worker.state()) {
          case State.Running() -> false;
          case State.Lost(Problem _, boolean stillRuns) -> !stillRuns;
          case State.Starting _ -> cannotHaveIt(worker);
        };
    if (ended) {
      return Part.over(sentByNow());
    }
    if (passedT0Unarmed(worker)) {
      return Part.over(Optional.of(0L));
    }
    return now.isBefore(ending.loadUntil())
        ? new Part(false, Optional.empty(), Optional.of(worker))
        : Part.over(Optional.empty());
  }

  /** Whether a worker that has not started will not find a command to run the attempt. */
  private boolean cannotHaveIt(WorkerObservation worker) {
    return worker.lastCommand(LastCommand.Kind.ARM, progress.current()).isEmpty();
  }

  /**
   * Whether T0 has passed by the worker's own clock and it has not reported a started engine. From
   * then on it starts none in this attempt, even if no command reaches it.
   */
  private boolean passedT0Unarmed(WorkerObservation worker) {
    return worker
            .report()
            .clock()
            .filter(clock -> !clock.isBefore(ending.t0().plus(Timing.LATE_IS_SAID)))
            .isPresent()
        && !AttemptReports.mayHaveSent(worker.report().of(progress.current()));
  }

  /**
   * Number of requests of a worker that ended without a report: 0 before T0, afterwards unknown.
   */
  private Optional<Long> sentByNow() {
    return now.isBefore(ending.t0()) ? Optional.of(0L) : Optional.empty();
  }

  private Map<Integer, Long> known() {
    Map<Integer, Long> known = new TreeMap<>();
    for (int index = 0; index < parts.size(); index++) {
      int worker = index;
      parts.get(index).sent().ifPresent(sent -> known.put(worker, sent));
    }
    return known;
  }

  /**
   * Whether counts should be written now: the log of a lost worker, and the time of its loss, may
   * soon be unavailable.
   */
  private boolean mayBeForgotten(Map<Integer, Long> known) {
    List<Integer> added = new ArrayList<>(known.keySet());
    added.removeAll(ending.sent().keySet());
    boolean late = !now.isBefore(ending.givenUpAt().plus(Timing.NOTED_AFTER));
    return added.stream().anyMatch(index -> late || !runs(index));
  }

  private boolean runs(int index) {
    return observed.ending().stream()
        .anyMatch(worker -> worker.index() == index && worker.state() instanceof State.Running);
  }
}

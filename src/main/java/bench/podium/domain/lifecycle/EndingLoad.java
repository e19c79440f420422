package bench.podium.domain.lifecycle;

import bench.podium.domain.lifecycle.WorkerObservation.State;
import bench.podium.domain.lifecycle.WorkerObservation.Told;
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
 * The load of an attempt that was given up: each worker that may have it is told to end it, and
 * says how much it sent. It is over where a worker says so, where its container has ended, and when
 * it would have ended by itself.
 */
final class EndingLoad {

  private final RunPlan plan;
  private final Progress progress;
  private final Observation seen;
  private final Instant now;
  private final Ending ending;
  private final List<Part> parts;

  /**
   * What is known of one worker's part of the load.
   *
   * @param over it sends nothing more
   * @param sent absent where that is not known, or not yet
   * @param tell the pod, where there is one to be told
   */
  private record Part(boolean over, Optional<Long> sent, Optional<WorkerObservation> tell) {

    static Part over(Optional<Long> sent) {
      return new Part(true, sent, Optional.empty());
    }
  }

  EndingLoad(RunPlan plan, Progress progress, Ending ending, Observation seen, Instant now) {
    this.plan = plan;
    this.progress = progress;
    this.ending = ending;
    this.seen = seen;
    this.now = now;
    this.parts = IntStream.range(0, plan.load().workers()).mapToObj(this::part).toList();
  }

  /** Until it is over; the last decision is to write that. */
  List<Decision> decide() {
    if (parts.stream().allMatch(Part::over)) {
      return List.of(conclude());
    }
    Map<Integer, Long> known = known();
    return mayBeForgotten(known)
        ? List.of(new Decision.NoteEnded(progress.note(ending.withSent(known))))
        : tell();
  }

  /** The same where nothing follows that this load could disturb: it is not waited for as long. */
  List<Decision> decideAtLast() {
    return isLate() ? List.of(conclude()) : decide();
  }

  /** Whether a run that pauses does not wait to hear more. */
  boolean isLate() {
    return !now.isBefore(ending.givenUpAt().plus(Timing.LAST_COUNT));
  }

  private Decision conclude() {
    boolean known = parts.stream().allMatch(part -> part.sent().isPresent());
    Optional<Long> total =
        known
            ? Optional.of(parts.stream().mapToLong(part -> part.sent().orElse(0L)).sum())
            : Optional.empty();
    Step step = plan.steps().get(progress.step());
    long next =
        new SequenceBound(plan, step)
            .after(progress.nextSequence(), parts.stream().map(Part::sent));
    return new Decision.NoteEnded(
        progress.conclude(ending.record(progress.atHand().number(), total), next));
  }

  private List<Decision> tell() {
    List<WorkerObservation> toTell =
        parts.stream()
            .flatMap(part -> part.tell().stream())
            .filter(worker -> !toldLately(worker))
            .toList();
    Duration left = Duration.between(now, ending.loadUntil());
    Decision wait =
        new Decision.Await(
            left.isPositive() && left.compareTo(Timing.NUDGE) < 0 ? left : Timing.NUDGE,
            "the load of the attempt before to end");
    return toTell.isEmpty() ? List.of(wait) : List.of(new Decision.StopAttempt(toTell), wait);
  }

  private boolean toldLately(WorkerObservation worker) {
    return wasTold(worker).filter(told -> told.within(Timing.NUDGE, now)).isPresent();
  }

  private Optional<Told> wasTold(WorkerObservation worker) {
    return worker.told(Told.Kind.STOP, progress.current());
  }

  private Part part(int index) {
    Optional<Long> noted = Optional.ofNullable(ending.sent().get(index));
    return noted.isPresent()
        ? Part.over(noted)
        : seen.ending().stream()
            .filter(worker -> worker.index() == index)
            .map(this::part)
            .reduce((one, other) -> one.over() ? other : one)
            .orElseGet(() -> Part.over(sentByNow()));
  }

  private Part part(WorkerObservation worker) {
    Optional<Long> said = worker.talk().sentIn(progress.current());
    if (said.isPresent()) {
      return Part.over(said);
    }
    boolean ended =
        switch (worker.state()) {
          case State.Running() -> false;
          case State.Lost(Trouble _, boolean stillRuns) -> !stillRuns;
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

  /** It has not started, and when it does, another command than the one to arm stands on it. */
  private boolean cannotHaveIt(WorkerObservation worker) {
    return worker.told(Told.Kind.ARM, progress.current()).isEmpty();
  }

  /**
   * By its own clock T0 has passed, and what it said until then says nothing of an engine that ran:
   * from then on none is started in this attempt, even if no command reaches the pod.
   */
  private boolean passedT0Unarmed(WorkerObservation worker) {
    return worker
            .talk()
            .clock()
            .filter(clock -> !clock.isBefore(ending.t0().plus(Timing.LATE_IS_SAID)))
            .isPresent()
        && !AttemptTalk.mayHaveSent(worker.talk().of(progress.current()));
  }

  /** By a worker that ended without a word. */
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

  /** What a pod said that goes can soon not be read again, nor can that it ended before T0. */
  private boolean mayBeForgotten(Map<Integer, Long> known) {
    List<Integer> added = new ArrayList<>(known.keySet());
    added.removeAll(ending.sent().keySet());
    boolean late = !now.isBefore(ending.givenUpAt().plus(Timing.NOTED_AFTER));
    return added.stream().anyMatch(index -> late || !runs(index));
  }

  private boolean runs(int index) {
    return seen.ending().stream()
        .anyMatch(worker -> worker.index() == index && worker.state() instanceof State.Running);
  }
}

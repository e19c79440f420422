package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.ObservedTarget;
import bench.podium.domain.lifecycle.WorkerObservation.Told;
import bench.podium.domain.measure.TargetSample;
import bench.podium.domain.measure.TargetSamples.Coverage;
import bench.podium.domain.measure.TargetUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a target's observers saw of an attempt that is over: awaited for a moment, asked for again
 * where it was not read, and given up in the end. How often it was asked for stands on the pod and
 * not in the clock, since nobody asks while there is no operator.
 */
final class AwaitedSamples {

  private final List<Covered> observers;
  private final StepAttempt attempt;
  private final Instant from;
  private final Instant until;
  private final Instant now;

  private record Covered(ObserverObservation observer, Coverage coverage) {}

  /**
   * @param from when the measured part of this attempt began
   * @param until when it ended
   */
  AwaitedSamples(
      TargetObservation target, StepAttempt attempt, Instant from, Instant until, Instant now) {
    this.observers =
        target.observers().stream()
            .map(each -> new Covered(each, each.talk().samples().over(from, until)))
            .toList();
    this.attempt = attempt;
    this.from = from;
    this.until = until;
    this.now = now;
  }

  /** Empty when nothing more is to come. */
  List<Decision> decide() {
    List<Covered> open = observers.stream().filter(this::mayStillCome).toList();
    if (open.isEmpty()) {
      return List.of();
    }
    Instant shown = until.plus(Timing.SAMPLES_SHOW);
    if (now.isBefore(shown)
        && open.stream().allMatch(each -> each.coverage() instanceof Coverage.Awaited)) {
      return List.of(new Decision.Await(Timing.SAMPLES_LOOK, "the target's last samples"));
    }
    List<ObserverObservation> toAsk =
        open.stream().map(Covered::observer).filter(each -> !askedLately(each)).toList();
    Decision wait = new Decision.Await(Timing.NUDGE, "samples that were asked for again");
    return toAsk.stream()
        .map(this::asks)
        .min(Integer::compareTo)
        .map(asks -> List.of(ask(toAsk, asks), wait))
        .orElse(List.of(wait));
  }

  private Decision ask(List<ObserverObservation> toAsk, int asks) {
    return new Decision.AskForSamples(
        toAsk.stream().filter(observer -> asks(observer) == asks).toList(), from, until, asks + 1);
  }

  /** Of each pod what is here of the measured part. */
  List<List<TargetSample>> within() {
    return observers.stream()
        .map(each -> each.observer().talk().samples().within(from, until))
        .toList();
  }

  ObservedTarget observed() {
    List<List<TargetSample>> whole = new ArrayList<>();
    List<String> lostBy = new ArrayList<>();
    for (Covered covered : observers) {
      switch (covered.coverage()) {
        case Coverage.Whole(List<TargetSample> within) -> whole.add(within);
        case Coverage.Awaited(), Coverage.Gap() -> lostBy.add(covered.observer().pod());
      }
    }
    return new ObservedTarget(lostBy.isEmpty() ? TargetUsage.of(whole) : Optional.empty(), lostBy);
  }

  private boolean mayStillCome(Covered covered) {
    return switch (covered.coverage()) {
      case Coverage.Whole whole -> false;
      case Coverage.Awaited(), Coverage.Gap() -> mayAnswer(covered.observer());
    };
  }

  /** What it has printed again and is missing all the same, it keeps no more. */
  private boolean mayAnswer(ObserverObservation observer) {
    boolean answered = observer.talk().repeated().filter(attempt::equals).isPresent();
    return !answered && (asks(observer) < Timing.ASKS_SAMPLES || askedLately(observer));
  }

  private int asks(ObserverObservation observer) {
    return asked(observer).map(Told::ask).orElse(0);
  }

  private boolean askedLately(ObserverObservation observer) {
    return asked(observer).filter(told -> told.within(Timing.NUDGE, now)).isPresent();
  }

  private Optional<Told> asked(ObserverObservation observer) {
    return observer.told(Told.Kind.REPEAT, attempt);
  }
}

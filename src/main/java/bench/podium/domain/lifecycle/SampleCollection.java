package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.TargetContext;
import bench.podium.domain.measurement.ResourceUsage;
import bench.podium.domain.measurement.TargetSample;
import bench.podium.domain.measurement.TargetSamples.Coverage;
import bench.podium.domain.observation.CollectorObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.plan.AttemptId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects the samples of a target for an attempt whose load has ended: waits for the last ones,
 * requests missing ones again, and finally continues without them. The number of requests is stored
 * on the pod and not derived from the clock, since nothing is requested while no operator is
 * running.
 */
final class SampleCollection {

  private final List<Covered> collectors;
  private final AttemptId attempt;
  private final Instant from;
  private final Instant until;
  private final Instant now;

  private record Covered(CollectorObservation collector, Coverage coverage) {}

  /**
   * @param from when the measured part of this attempt began
   * @param until when it ended
   */
  SampleCollection(
      TargetObservation target, AttemptId attempt, Instant from, Instant until, Instant now) {
    this.collectors =
        target.collectors().stream()
            .map(each -> new Covered(each, each.report().samples().over(from, until)))
            .toList();
    this.attempt = attempt;
    this.from = from;
    this.until = until;
    this.now = now;
  }

  /** The next actions; empty when no more samples will arrive. */
  List<RunAction> decide() {
    List<Covered> open = collectors.stream().filter(this::mayStillCome).toList();
    if (open.isEmpty()) {
      return List.of();
    }
    Instant shown = until.plus(Timing.SAMPLES_SHOW);
    if (now.isBefore(shown)
        && open.stream().allMatch(each -> each.coverage() instanceof Coverage.Awaited)) {
      return List.of(
          new RunAction.Await(Timing.SAMPLES_POLL_INTERVAL, "the target's last samples"));
    }
    List<CollectorObservation> toAsk =
        open.stream().map(Covered::collector).filter(each -> !requestedRecently(each)).toList();
    RunAction wait =
        new RunAction.Await(Timing.RESEND_INTERVAL, "samples that were asked for again");
    return toAsk.stream()
        .map(this::asks)
        .min(Integer::compareTo)
        .map(asks -> List.of(ask(toAsk, asks), wait))
        .orElse(List.of(wait));
  }

  private RunAction ask(List<CollectorObservation> toAsk, int asks) {
    return new RunAction.RequestSamples(
        toAsk.stream().filter(collector -> asks(collector) == asks).toList(),
        from,
        until,
        asks + 1);
  }

  /** The samples of each pod in the measured part. */
  List<List<TargetSample>> within() {
    return collectors.stream()
        .map(each -> each.collector().report().samples().within(from, until))
        .toList();
  }

  TargetContext observed() {
    List<List<TargetSample>> whole = new ArrayList<>();
    List<String> lostBy = new ArrayList<>();
    for (Covered covered : collectors) {
      switch (covered.coverage()) {
        case Coverage.Whole(List<TargetSample> within) -> whole.add(within);
        case Coverage.Awaited(), Coverage.Gap() -> lostBy.add(covered.collector().pod());
      }
    }
    return new TargetContext(lostBy.isEmpty() ? ResourceUsage.of(whole) : Optional.empty(), lostBy);
  }

  private boolean mayStillCome(Covered covered) {
    return switch (covered.coverage()) {
      case Coverage.Whole whole -> false;
      case Coverage.Awaited(), Coverage.Gap() -> mayAnswer(covered.collector());
    };
  }

  /**
   * Whether requests may still help: samples that are missing after a repetition are no longer
   * retained.
   */
  private boolean mayAnswer(CollectorObservation collector) {
    boolean answered = collector.report().repeated().filter(attempt::equals).isPresent();
    return !answered && (asks(collector) < Timing.ASKS_SAMPLES || requestedRecently(collector));
  }

  private int asks(CollectorObservation collector) {
    return asked(collector).map(LastCommand::ask).orElse(0);
  }

  private boolean requestedRecently(CollectorObservation collector) {
    return asked(collector)
        .filter(lastCommand -> lastCommand.within(Timing.RESEND_INTERVAL, now))
        .isPresent();
  }

  private Optional<LastCommand> asked(CollectorObservation collector) {
    return collector.lastCommand(LastCommand.Kind.REPEAT, attempt);
  }
}

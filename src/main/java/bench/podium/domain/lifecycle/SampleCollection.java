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

  private final List<CollectorCoverage> collectors;
  private final AttemptId attempt;
  private final Instant from;
  private final Instant until;
  private final Instant now;

  private record CollectorCoverage(CollectorObservation collector, Coverage coverage) {}

  /**
   * @param from when the measured part of this attempt began
   * @param until when it ended
   */
  SampleCollection(
      TargetObservation target, AttemptId attempt, Instant from, Instant until, Instant now) {
    this.collectors =
        target.collectors().stream()
            .map(each -> new CollectorCoverage(each, each.report().samples().coverage(from, until)))
            .toList();
    this.attempt = attempt;
    this.from = from;
    this.until = until;
    this.now = now;
  }

  /** The next actions; empty when no more samples will arrive. */
  List<RunAction> decide() {
    List<CollectorCoverage> incomplete = collectors.stream().filter(this::mayStillCome).toList();
    if (incomplete.isEmpty()) {
      return List.of();
    }
    Instant expectedBy = until.plus(Timing.SAMPLES_VISIBLE_AFTER);
    if (now.isBefore(expectedBy)
        && incomplete.stream().allMatch(each -> each.coverage() instanceof Coverage.Pending)) {
      return List.of(
          new RunAction.Await(Timing.SAMPLES_POLL_INTERVAL, "the target's last samples"));
    }
    List<CollectorObservation> toRequest =
        incomplete.stream()
            .map(CollectorCoverage::collector)
            .filter(each -> !requestedRecently(each))
            .toList();
    RunAction wait = new RunAction.Await(Timing.RESEND_INTERVAL, "the requested samples");
    return toRequest.stream()
        .map(this::requestCount)
        .min(Integer::compareTo)
        .map(requestCount -> List.of(requestSamples(toRequest, requestCount), wait))
        .orElse(List.of(wait));
  }

  private RunAction requestSamples(List<CollectorObservation> toRequest, int requestCount) {
    return new RunAction.RequestSamples(
        toRequest.stream().filter(collector -> requestCount(collector) == requestCount).toList(),
        from,
        until,
        requestCount + 1);
  }

  /** The samples of each pod in the measured part. */
  List<List<TargetSample>> samples() {
    return collectors.stream()
        .map(each -> each.collector().report().samples().within(from, until))
        .toList();
  }

  TargetContext context() {
    List<List<TargetSample>> complete = new ArrayList<>();
    List<String> podsWithLostSamples = new ArrayList<>();
    for (CollectorCoverage covered : collectors) {
      switch (covered.coverage()) {
        case Coverage.Complete(List<TargetSample> within) -> complete.add(within);
        case Coverage.Pending(), Coverage.Gap() ->
            podsWithLostSamples.add(covered.collector().pod());
      }
    }
    return new TargetContext(
        podsWithLostSamples.isEmpty() ? ResourceUsage.of(complete) : Optional.empty(),
        podsWithLostSamples);
  }

  private boolean mayStillCome(CollectorCoverage covered) {
    return switch (covered.coverage()) {
      case Coverage.Complete _ -> false;
      case Coverage.Pending(), Coverage.Gap() -> mayStillAnswer(covered.collector());
    };
  }

  /**
   * Whether requests may still help: samples that are missing after a repetition are no longer
   * retained.
   */
  private boolean mayStillAnswer(CollectorObservation collector) {
    boolean answered = collector.report().repeated().filter(attempt::equals).isPresent();
    return !answered
        && (requestCount(collector) < Timing.MAX_SAMPLE_REQUESTS || requestedRecently(collector));
  }

  private int requestCount(CollectorObservation collector) {
    return lastRequest(collector).map(LastCommand::ask).orElse(0);
  }

  private boolean requestedRecently(CollectorObservation collector) {
    return lastRequest(collector)
        .filter(lastCommand -> lastCommand.within(Timing.RESEND_INTERVAL, now))
        .isPresent();
  }

  private Optional<LastCommand> lastRequest(CollectorObservation collector) {
    return collector.lastCommand(LastCommand.Kind.REPEAT, attempt);
  }
}

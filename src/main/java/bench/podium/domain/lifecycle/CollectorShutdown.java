package bench.podium.domain.lifecycle;

import bench.podium.domain.observation.CollectorObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import java.time.Instant;
import java.util.List;

/**
 * Stops a target's collectors and waits up to {@link Timing#SHUTDOWN_GRACE} for their final message
 * before the target is deleted.
 */
final class CollectorShutdown {

  private CollectorShutdown() {}

  /** The next actions; empty when the target may be deleted. */
  static List<RunAction> of(TargetObservation target, Instant now) {
    List<CollectorObservation> running =
        target.collectors().stream().filter(collector -> !collector.report().stopped()).toList();
    List<CollectorObservation> uncommanded =
        running.stream()
            .filter(collector -> collector.lastCommand(LastCommand.Kind.FINISH).isEmpty())
            .toList();
    // A command that the kubelet missed is not resent: the final message carries no data.
    boolean awaited =
        running.stream()
            .flatMap(collector -> collector.lastCommand(LastCommand.Kind.FINISH).stream())
            .anyMatch(lastCommand -> lastCommand.within(Timing.SHUTDOWN_GRACE, now));
    RunAction wait =
        new RunAction.Await(Timing.RESEND_INTERVAL, "the final message of a target's collector");
    if (!uncommanded.isEmpty()) {
      return List.of(new RunAction.StopCollector(uncommanded), wait);
    }
    return awaited ? List.of(wait) : List.of();
  }
}

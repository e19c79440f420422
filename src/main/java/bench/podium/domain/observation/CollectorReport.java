package bench.podium.domain.observation;

import bench.podium.domain.measurement.TargetSamples;
import bench.podium.domain.plan.AttemptId;
import java.util.Optional;

/**
 * What a collector has reported so far.
 *
 * @param samples all that have been read from its log
 * @param repeated the last attempt for which it has confirmed that it printed its retained samples
 *     again
 * @param sharedUser name of a program of the target that runs as the collector's own user
 * @param stopped whether it has ended: no message follows
 */
public record CollectorReport(
    TargetSamples samples,
    Optional<AttemptId> repeated,
    Optional<String> sharedUser,
    boolean stopped) {

  /** The report of a collector of which no message has been read yet. */
  public static CollectorReport none() {
    return new CollectorReport(TargetSamples.none(), Optional.empty(), Optional.empty(), false);
  }
}

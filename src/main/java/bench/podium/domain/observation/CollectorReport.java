package bench.podium.domain.observation;

import bench.podium.domain.measurement.TargetSamples;
import bench.podium.domain.plan.AttemptId;
import java.util.Optional;

/**
 * What a collector has said so far.
 *
 * @param samples all that have been read
 * @param repeated the attempt of which it last said that it has printed again what it keeps
 * @param sharedUser the name of a program of the target that runs as the collector's own user
 * @param stopped it will say nothing more
 */
public record CollectorReport(
    TargetSamples samples,
    Optional<AttemptId> repeated,
    Optional<String> sharedUser,
    boolean stopped) {

  /** Of a collector that has not been heard yet. */
  public static CollectorReport silent() {
    return new CollectorReport(TargetSamples.none(), Optional.empty(), Optional.empty(), false);
  }
}

package bench.podium.domain.lifecycle;

import bench.podium.domain.measure.TargetSamples;
import java.util.Optional;

/**
 * What an observer has said so far.
 *
 * @param samples all that have been read
 * @param repeated the attempt of which it last said that it has printed again what it keeps
 * @param saidBye it will say nothing more
 */
public record ObserverTalk(TargetSamples samples, Optional<StepAttempt> repeated, boolean saidBye) {

  /** Of an observer that has not been heard yet. */
  public static ObserverTalk silent() {
    return new ObserverTalk(TargetSamples.none(), Optional.empty(), false);
  }
}

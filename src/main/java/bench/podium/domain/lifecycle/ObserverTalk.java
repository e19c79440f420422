package bench.podium.domain.lifecycle;

import bench.podium.domain.measure.TargetSamples;
import java.util.Optional;

/**
 * What an observer has said so far.
 *
 * @param samples all that have been read
 * @param repeated the attempt of which it last said that it has printed again what it keeps
 * @param sharedUser the name of a program of the target that runs as the observer's own user
 * @param saidBye it will say nothing more
 */
public record ObserverTalk(
    TargetSamples samples,
    Optional<StepAttempt> repeated,
    Optional<String> sharedUser,
    boolean saidBye) {

  /** Of an observer that has not been heard yet. */
  public static ObserverTalk silent() {
    return new ObserverTalk(TargetSamples.none(), Optional.empty(), Optional.empty(), false);
  }
}

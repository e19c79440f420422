package bench.podium.agent;

import java.util.Optional;

/**
 * What the operator asks, whichever way it came. For one thread.
 *
 * @param file as the kubelet projects it
 * @param input as the operator says it where the kubelet is late
 */
public record Commands(CommandFile file, CommandInput input) {

  /** One that was not taken yet. */
  public Optional<String> next() {
    return file.changed().or(input::next);
  }
}

package bench.podium.agent;

import java.util.Optional;

/**
 * The operator's commands from both channels. Not thread-safe.
 *
 * @param file projected by the kubelet
 * @param input written by the operator when the kubelet is slow
 */
public record Commands(CommandFile file, CommandInput input) {

  /** The next unread command. */
  public Optional<String> next() {
    return file.changed().or(input::next);
  }
}

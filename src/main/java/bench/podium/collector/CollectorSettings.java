package bench.podium.collector;

import static bench.podium.agent.AgentRuntime.required;

import bench.podium.agent.MessageWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A collector's settings from the environment.
 *
 * @param every sampling interval
 * @param capacity number of samples kept for an operator that has missed them
 */
record CollectorSettings(
    MessageWriter.Sender sender, Path commandFile, Duration every, int capacity) {

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  static CollectorSettings of(Map<String, String> environment) {
    return new CollectorSettings(
        new MessageWriter.Sender(
            required(environment, "PODIUM_RUN_UID"), required(environment, "PODIUM_POD_UID"), 0),
        Path.of(environment.getOrDefault("PODIUM_COMMAND_FILE", "/podium/command/command")),
        Duration.ofMillis(positive(environment, "PODIUM_SAMPLE_MILLIS")),
        positive(environment, "PODIUM_SAMPLES_KEPT"));
  }

  private static int positive(Map<String, String> environment, String name) {
    String value = required(environment, name);
    if (!value.matches("[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException(name + " is not a whole number above 0: " + value);
    }
    return Integer.parseInt(value);
  }
}

package bench.podium.observer;

import static bench.podium.pod.PodProgram.required;

import bench.podium.pod.LineWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What an observer is told by its environment.
 *
 * @param every between two looks
 * @param kept how many samples are kept for whoever has missed them
 */
record ObserverSettings(LineWriter.Speaker speaker, Path commandFile, Duration every, int kept) {

  /**
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  static ObserverSettings of(Map<String, String> environment) {
    return new ObserverSettings(
        new LineWriter.Speaker(
            required(environment, "PODIUM_RUN_UID"), required(environment, "PODIUM_POD_UID"), 0),
        Path.of(environment.getOrDefault("PODIUM_COMMAND_FILE", "/podium/command/command")),
        Duration.ofMillis(positive(environment, "PODIUM_SAMPLE_MILLIS")),
        positive(environment, "PODIUM_SAMPLES_KEPT"));
  }

  private static int positive(Map<String, String> environment, String name) {
    String value = required(environment, name);
    if (!value.matches("[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException(name + " is no whole number above 0: " + value);
    }
    return Integer.parseInt(value);
  }
}

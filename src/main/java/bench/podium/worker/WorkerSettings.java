package bench.podium.worker;

import static bench.podium.agent.AgentRuntime.required;

import bench.podium.agent.MessageWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A worker's settings from the environment.
 *
 * @param worker index of this worker, from 0
 * @param workers number of workers of the run; the operator computes from it which sequence numbers
 *     were used
 */
record WorkerSettings(
    String runUid,
    String podUid,
    int worker,
    int workers,
    Path commandFile,
    Path workloadFile,
    Path workDirectory) {

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException naming the variable that is missing or wrong
   */
  static WorkerSettings of(Map<String, String> environment) {
    return new WorkerSettings(
        required(environment, "PODIUM_RUN_UID"),
        required(environment, "PODIUM_POD_UID"),
        number(
            "PODIUM_WORKER_INDEX",
            Optional.ofNullable(environment.get("PODIUM_WORKER_INDEX"))
                .orElseGet(() -> required(environment, "JOB_COMPLETION_INDEX"))),
        number("PODIUM_WORKERS", required(environment, "PODIUM_WORKERS")),
        Path.of(environment.getOrDefault("PODIUM_COMMAND_FILE", "/podium/command/command")),
        Path.of(environment.getOrDefault("PODIUM_WORKLOAD_FILE", "/podium/workload/workload.json")),
        Path.of(environment.getOrDefault("PODIUM_WORK_DIR", "/podium/work")));
  }

  MessageWriter.Sender sender() {
    return new MessageWriter.Sender(runUid, podUid, worker);
  }

  private static int number(String name, String value) {
    try {
      return Integer.parseUnsignedInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is not a whole number: " + value, e);
    }
  }
}

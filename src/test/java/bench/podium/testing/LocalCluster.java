package bench.podium.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The local cluster under the tests, by the name that {@code PODIUM_LOCAL_CLUSTER} gives: its parts
 * are processes of this machine, which can be ended, stopped and cut off.
 */
public final class LocalCluster {

  private final String name;

  private LocalCluster(String name) {
    this.name = name;
  }

  /**
   * @throws IllegalStateException where the tests run on a cluster of another kind
   */
  public static LocalCluster underTest() {
    return Optional.ofNullable(System.getenv("PODIUM_LOCAL_CLUSTER"))
        .map(LocalCluster::new)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "this test takes parts of the cluster away: run it with `make e2e`, or set"
                        + " PODIUM_LOCAL_CLUSTER to the name of a cluster of deploy/local"));
  }

  /** As by {@code kill -9}; whoever is connected is told so. */
  public void kill(String component) {
    ProcessHandle process = process(component);
    process.destroyForcibly();
    await(component + " ended").atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
  }

  public void start(String component) {
    command("start", component);
  }

  /** Its connections stand, and new ones are accepted, but nobody answers. */
  public void pause(String component) {
    signal("STOP", process(component).pid());
  }

  public void resume(String component) {
    signal("CONT", process(component).pid());
  }

  /** All packets to the API server vanish, and nobody is told. */
  public void cutOff() {
    command("cut-off");
  }

  public void reconnect() {
    command("reconnect");
  }

  private ProcessHandle process(String component) {
    return ProcessHandle.of(Long.parseLong(command("pid", component))).orElseThrow();
  }

  static void signal(String signal, long pid) {
    run(List.of("kill", "-" + signal, Long.toString(pid)));
  }

  private String command(String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of("deploy/local/cluster").toAbsolutePath().toString());
    command.addAll(List.of(words));
    command.addAll(List.of("--name", name));
    return run(command);
  }

  private static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + ": " + output);
      }
      return output.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

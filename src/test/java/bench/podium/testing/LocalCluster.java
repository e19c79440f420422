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
 * The local cluster given by {@code PODIUM_LOCAL_CLUSTER}. Its components are local processes,
 * which can be killed, paused and disconnected.
 */
public final class LocalCluster {

  private final String name;

  private LocalCluster(String name) {
    this.name = name;
  }

  /**
   * @throws IllegalStateException if the tests run on another kind of cluster
   */
  public static LocalCluster underTest() {
    return Optional.ofNullable(System.getenv("PODIUM_LOCAL_CLUSTER"))
        .map(LocalCluster::new)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "this test kills components of the cluster: run it with `make e2e`, or set"
                        + " PODIUM_LOCAL_CLUSTER to the name of a cluster of deploy/local"));
  }

  /** Kills it like {@code kill -9}; its connections are closed. */
  public void kill(String component) {
    ProcessHandle process = process(component);
    process.destroyForcibly();
    await(component + " ended").atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
  }

  public void start(String component) {
    command("start", component);
  }

  /** Pauses it: connections stay open and new ones are accepted, but nothing is answered. */
  public void pause(String component) {
    signal("STOP", process(component).pid());
  }

  public void resume(String component) {
    signal("CONT", process(component).pid());
  }

  /** Drops all packets to the API server. */
  public void cutNetwork() {
    command("cut-off");
  }

  public void restoreNetwork() {
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

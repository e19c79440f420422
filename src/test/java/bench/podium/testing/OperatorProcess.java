package bench.podium.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The operator as a local process that watches one namespace of the real cluster. It is restarted
 * immediately whenever it ends, as a kubelet does.
 */
public final class OperatorProcess implements AutoCloseable {

  private final String namespace;
  private final String failpoint;
  private final Path folder;
  private final Map<String, String> environment;
  private final List<String> jvm;
  private final AtomicReference<Process> process = new AtomicReference<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicInteger starts = new AtomicInteger();

  /**
   * @param failpoint at which it is killed once; empty for none
   * @param folder for its log and the marks of failpoints
   */
  public OperatorProcess(String namespace, String failpoint, Path folder) {
    this(namespace, failpoint, folder, Map.of());
  }

  /**
   * @param failpoint at which it is killed once; empty for none
   * @param folder for its log and the marks of failpoints
   * @param environment more environment variables
   */
  public OperatorProcess(
      String namespace, String failpoint, Path folder, Map<String, String> environment) {
    this(namespace, failpoint, folder, environment, List.of("-Xmx96m"));
  }

  /**
   * @param failpoint at which it is killed once; empty for none
   * @param folder for its log and the marks of failpoints
   * @param environment more environment variables
   * @param jvm more options of the JVM
   */
  public OperatorProcess(
      String namespace,
      String failpoint,
      Path folder,
      Map<String, String> environment,
      List<String> jvm) {
    this.jvm = List.copyOf(jvm);
    this.environment = Map.copyOf(environment);
    this.namespace = namespace;
    this.failpoint = failpoint;
    this.folder = folder;
    start();
  }

  private synchronized void start() {
    if (closed.get()) {
      return;
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"));
    command.addAll(jvm);
    command.add("-jar");
    command.add(Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    Optional.ofNullable(System.getenv("PODIUM_KUBECONFIG"))
        .ifPresent(kubeconfig -> builder.environment().put("KUBECONFIG", kubeconfig));
    builder.environment().put("QUARKUS_OPERATOR_SDK_NAMESPACES", namespace);
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    builder.environment().put("PODIUM_FAILPOINT_NAME", failpoint);
    builder.environment().put("PODIUM_FAILPOINT_MARKS", folder.toString());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(folder.resolve("operator.log").toFile()));
    try {
      Process started = builder.start();
      starts.incrementAndGet();
      process.set(started);
      CompletableFuture<Void> unused = started.onExit().thenAccept(ended -> start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it like {@code kill -9}; it is started again immediately. */
  public void kill() {
    process.get().destroyForcibly();
  }

  /** Ends it like {@code kill -9} until {@link #startAgain} is called. */
  public void stop() {
    closed.set(true);
    synchronized (this) {
      process.get().destroyForcibly();
    }
  }

  public void startAgain() {
    closed.set(false);
    start();
  }

  /** Pauses it like {@code kill -STOP}. */
  public void pause() {
    LocalCluster.signal("STOP", process.get().pid());
  }

  public void resume() {
    LocalCluster.signal("CONT", process.get().pid());
  }

  /** Its resident memory in KiB. */
  public long residentKib() {
    try {
      return Files.readAllLines(Path.of("/proc", "" + process.get().pid(), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The log of all its starts so far. */
  public String log() {
    try {
      return Files.readString(folder.resolve("operator.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of its starts. */
  public int starts() {
    return starts.get();
  }

  @Override
  public void close() {
    stop();
  }
}

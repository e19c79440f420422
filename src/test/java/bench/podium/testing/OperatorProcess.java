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
 * The operator as a process of this machine, against the real cluster, for one namespace. Whenever
 * it dies it is started again at once, as a kubelet would.
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
   * @param failpoint at which it dies once; empty: none
   * @param folder for its log and the failpoint's mark
   */
  public OperatorProcess(String namespace, String failpoint, Path folder) {
    this(namespace, failpoint, folder, Map.of());
  }

  /**
   * @param failpoint at which it dies once; empty: none
   * @param folder for its log and the failpoint's mark
   * @param environment more settings
   */
  public OperatorProcess(
      String namespace, String failpoint, Path folder, Map<String, String> environment) {
    this(namespace, failpoint, folder, environment, List.of("-Xmx96m"));
  }

  /**
   * @param failpoint at which it dies once; empty: none
   * @param folder for its log and the failpoint's mark
   * @param environment more settings
   * @param jvm options of the JVM beside the collector and the compiler
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

  /** Ends it as by {@code kill -9}; it comes back at once. */
  public void kill() {
    process.get().destroyForcibly();
  }

  /** Ends it as by {@code kill -9}; it stays away until {@link #startAgain}. */
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

  /** As by {@code kill -STOP}: it does nothing, and does not know. */
  public void pause() {
    LocalCluster.signal("STOP", process.get().pid());
  }

  public void resume() {
    LocalCluster.signal("CONT", process.get().pid());
  }

  /** Memory that it holds now, in KiB, as the kernel counts it. */
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

  /** What it has logged so far. */
  public String log() {
    try {
      return Files.readString(folder.resolve("operator.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often it was started. */
  public int starts() {
    return starts.get();
  }

  @Override
  public void close() {
    stop();
  }
}

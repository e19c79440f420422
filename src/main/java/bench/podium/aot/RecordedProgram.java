package bench.podium.aot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A Java program, as it is, in a process of its own whose JVM takes down what it loads. At its end
 * that becomes an AOT cache, which fits the very command, its jar files and its JVM.
 */
final class RecordedProgram implements AutoCloseable {

  private static final long END_SECONDS = 120;

  /** Nothing else: what this program was started with may lead to a real cluster. */
  private static final Set<String> KEPT = Set.of("PATH");

  private final Path cache;
  private final Process process;

  /**
   * @param arguments the cache to be written, then the program's command as in production
   * @param environment all that it gets, but for the path of commands
   */
  RecordedProgram(String[] arguments, Map<String, String> environment) throws IOException {
    cache = Path.of(arguments[0]).toAbsolutePath();
    Files.deleteIfExists(cache);
    List<String> command = new ArrayList<>(Arrays.asList(arguments).subList(1, arguments.length));
    command.add(1, "-XX:AOTCacheOutput=" + cache);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().retainAll(KEPT);
    builder.environment().putAll(environment);
    process = builder.start();
  }

  InputStream output() {
    return process.getInputStream();
  }

  /** As a kubelet asks; its output can still be read. */
  void askToEnd() {
    process.toHandle().destroy();
  }

  /** Returns once there is a cache. */
  void awaitCache() throws InterruptedException {
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS) || Files.notExists(cache)) {
      throw new IllegalStateException("the program does not end, or left no cache: " + cache);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

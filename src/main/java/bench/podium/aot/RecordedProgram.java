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
 * Runs an unmodified Java program in a child process whose JVM records the classes that it loads.
 * At its end the JVM writes an AOT cache, which is valid only for the same command, jar files and
 * JVM.
 */
final class RecordedProgram implements AutoCloseable {

  private static final long END_TIMEOUT_SECONDS = 120;

  /** Inherited variables. No others, because those of this process may lead to a real cluster. */
  private static final Set<String> INHERITED = Set.of("PATH");

  private final Path cache;
  private final Process process;

  /**
   * @param arguments the cache file to write, then the program's command as in production
   * @param environment of the program, apart from PATH
   */
  RecordedProgram(String[] arguments, Map<String, String> environment) throws IOException {
    cache = Path.of(arguments[0]).toAbsolutePath();
    Files.deleteIfExists(cache);
    List<String> command = new ArrayList<>(Arrays.asList(arguments).subList(1, arguments.length));
    command.add(1, "-XX:AOTCacheOutput=" + cache);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().retainAll(INHERITED);
    builder.environment().putAll(environment);
    process = builder.start();
  }

  InputStream output() {
    return process.getInputStream();
  }

  /** Sends SIGTERM, as the kubelet does; the output can still be read. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Blocks until the program has ended and the cache is written. */
  void awaitCache() throws InterruptedException {
    if (!process.waitFor(END_TIMEOUT_SECONDS, TimeUnit.SECONDS) || Files.notExists(cache)) {
      throw new IllegalStateException("the program does not end, or left no cache: " + cache);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

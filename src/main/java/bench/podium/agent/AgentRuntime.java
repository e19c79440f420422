package bench.podium.agent;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** Start-up and failure handling shared by the worker and the collector. */
public final class AgentRuntime {

  private static final int WRONG_SETTINGS = 2;

  private AgentRuntime() {}

  /**
   * Reads the settings from the environment. If they are invalid, prints the reason and ends the
   * process with exit code 2.
   *
   * @param reader throws IllegalArgumentException naming the variable that is missing or wrong
   */
  public static <S> S settings(Function<Map<String, String>, S> reader) {
    try {
      return reader.apply(System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      Runtime.getRuntime().halt(WRONG_SETTINGS);
      throw e;
    }
  }

  /**
   * The value of a required variable.
   *
   * @throws IllegalArgumentException naming the variable, if it is not set
   */
  public static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is not set");
    }
    return value;
  }

  /** Standard output, for messages. */
  public static PrintStream output() {
    return new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
  }

  /**
   * Wraps a task so that an unexpected exception ends the process. An executor would swallow it and
   * the program would stop reporting; after its end, it is restarted or its pod replaced.
   */
  public static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        e.printStackTrace();
        Runtime.getRuntime().halt(1);
      }
    };
  }
}

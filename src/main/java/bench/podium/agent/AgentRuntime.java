package bench.podium.agent;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** How each program of Podium in a pod begins, and how it ends where it cannot go on. */
public final class AgentRuntime {

  private static final int WRONG_SETTINGS = 2;

  private AgentRuntime() {}

  /**
   * What it is told by its environment; a program that was told nonsense ends here and says so.
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
   * @throws IllegalArgumentException naming the variable, where it is not set
   */
  public static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is not set");
    }
    return value;
  }

  /** Standard output, for facts. */
  public static PrintStream output() {
    return new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
  }

  /**
   * An executor would swallow the error and the program fall silent; ended, it is started again or
   * its pod is replaced.
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

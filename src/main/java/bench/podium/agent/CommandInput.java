package bench.podium.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Reads commands from standard input, one per line. The operator writes them there when the kubelet
 * is slow to update the command file. A command may arrive both ways; programs carry out each once.
 */
public final class CommandInput {

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private volatile Runnable onLine = () -> {};

  private CommandInput() {}

  /** Starts to read, until the stream ends; it ends immediately where nothing is attached. */
  public static CommandInput of(InputStream input) {
    CommandInput commands = new CommandInput();
    Thread.ofPlatform().name("input").daemon().start(() -> commands.readLines(input));
    return commands;
  }

  private void readLines(InputStream input) {
    var reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          lines.add(line.strip());
          onLine.run();
        }
      }
    } catch (IOException e) {
      // As at the end of the stream: commands still arrive by file.
    }
  }

  /**
   * Sets a callback, since commands on standard input are urgent.
   *
   * @param callback called on another thread for each line, so that no poll is needed
   */
  public void onLine(Runnable callback) {
    onLine = callback;
  }

  /** The next unread command. */
  Optional<String> next() {
    return Optional.ofNullable(lines.poll());
  }
}

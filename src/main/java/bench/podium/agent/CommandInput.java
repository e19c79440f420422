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
 * The operator's other way to a pod: lines on standard input, where the kubelet is late with the
 * file. A command may come by both; programs obey each once.
 */
public final class CommandInput {

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private volatile Runnable whenSaid = () -> {};

  private CommandInput() {}

  /** Listens until the stream ends, which it does at once where nothing is connected. */
  public static CommandInput of(InputStream input) {
    CommandInput commands = new CommandInput();
    Thread.ofPlatform().name("input").daemon().start(() -> commands.listen(input));
    return commands;
  }

  private void listen(InputStream input) {
    var reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          lines.add(line.strip());
          whenSaid.run();
        }
      }
    } catch (IOException e) {
      // As at its end: there is the file.
    }
  }

  /**
   * What is said here is urgent.
   *
   * @param look is called by another thread for each line, so that it need not be looked for
   */
  public void whenSaid(Runnable look) {
    whenSaid = look;
  }

  /** The next that was not taken yet. */
  Optional<String> next() {
    return Optional.ofNullable(lines.poll());
  }
}

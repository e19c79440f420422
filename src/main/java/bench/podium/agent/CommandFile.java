package bench.podium.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The annotation that the operator writes, as the kubelet projects it. For one thread. */
public final class CommandFile {

  private final Path path;
  private String last = "";

  public CommandFile(Path path) {
    this.path = path;
  }

  /** The content if it changed since it was last asked for; an empty file says nothing. */
  public Optional<String> changed() {
    String text;
    try {
      text = Files.readString(path).strip();
    } catch (IOException e) {
      // Not there yet, or just being exchanged: the next look finds it.
      return Optional.empty();
    }
    if (text.equals(last)) {
      return Optional.empty();
    }
    last = text;
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}

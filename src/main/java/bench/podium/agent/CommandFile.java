package bench.podium.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The file in which the kubelet projects the pod's command annotation. Not thread-safe. */
public final class CommandFile {

  private final Path path;
  private String last = "";

  public CommandFile(Path path) {
    this.path = path;
  }

  /** The content if it has changed since the last call; an empty file contains no command. */
  public Optional<String> changed() {
    String text;
    try {
      text = Files.readString(path).strip();
    } catch (IOException e) {
      // Not there yet, or just being replaced: the next call finds it.
      return Optional.empty();
    }
    if (text.equals(last)) {
      return Optional.empty();
    }
    last = text;
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}

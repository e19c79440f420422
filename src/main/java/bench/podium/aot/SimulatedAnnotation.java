package bench.podium.aot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file with a pod's command annotation, which the kubelet would write.
 *
 * @param folder directory of the file
 */
record SimulatedAnnotation(Path folder) {

  Path file() {
    return folder.resolve("command");
  }

  /** Replaces the file atomically, as the kubelet does. */
  void write(String command) {
    try {
      Path next = Files.writeString(folder.resolve("command.next"), command);
      Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

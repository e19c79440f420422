package bench.podium.aot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A pod's annotation with the operator's command, as the kubelet shows it to the pod.
 *
 * @param folder where it lies
 */
record SimulatedAnnotation(Path folder) {

  Path file() {
    return folder.resolve("command");
  }

  /** In one go, as the kubelet exchanges it. */
  void write(String command) {
    try {
      Path next = Files.writeString(folder.resolve("command.next"), command);
      Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

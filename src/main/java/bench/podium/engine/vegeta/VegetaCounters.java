package bench.podium.engine.vegeta;

import bench.podium.engine.RegularFile;
import bench.podium.engine.ResultFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * The counters file of {@code podium-vegeta}: its type {@code shared}.
 *
 * @param sent requests of which at least one byte may have been written, warm-up included
 * @param replies complete replies within the timeout, warm-up included
 * @param first time of the first request of the measured part
 */
record VegetaCounters(long sent, long replies, Optional<Instant> first) {

  private static final int BYTES = 3 * Long.BYTES;

  /** Creates a file of zeros of the right size, which the program maps into its memory. */
  static void create(Path file) throws IOException {
    Files.write(file, new byte[BYTES], StandardOpenOption.CREATE_NEW);
  }

  /** Reads the counters; also while the program is running. */
  static VegetaCounters read(Path file) throws IOException {
    byte[] bytes = RegularFile.head(file, BYTES);
    if (bytes.length < BYTES) {
      throw new IOException(file.getFileName() + " is too short");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    return new VegetaCounters(
        buffer.getLong(), buffer.getLong(), ResultFile.instant(buffer.getLong()));
  }
}

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
 * What {@code podium-vegeta} has written into the file that it counts in: its type {@code shared}.
 *
 * @param sent requests of which a byte may have been written, warm-up included
 * @param replies read to their end in time, warm-up included
 * @param first when the first request of the measured part went
 */
record VegetaCounters(long sent, long replies, Optional<Instant> first) {

  private static final int BYTES = 3 * Long.BYTES;

  /** An empty file of the right size, to be mapped by the program. */
  static void create(Path file) throws IOException {
    Files.write(file, new byte[BYTES], StandardOpenOption.CREATE_NEW);
  }

  /** Readable while the program counts. */
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

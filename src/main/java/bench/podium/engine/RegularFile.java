package bench.podium.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads a file written by an engine without trusting it: a link, a device or a pipe is rejected,
 * and the number of bytes read is bounded.
 */
public final class RegularFile {

  private RegularFile() {}

  /**
   * @throws IOException if it is not a regular file, or is larger than {@code maxBytes}
   */
  public static InputStream open(Path path, long maxBytes) throws IOException {
    FileChannel channel = channel(path);
    long size = channel.size();
    if (size > maxBytes) {
      channel.close();
      throw new IOException(
          "%s has %d bytes, more than %d".formatted(path.getFileName(), size, maxBytes));
    }
    return Channels.newInputStream(channel);
  }

  /** Reads at most the first {@code maxBytes} bytes. */
  public static byte[] head(Path path, int maxBytes) throws IOException {
    try (FileChannel channel = channel(path)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(maxBytes, channel.size()));
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Until the buffer is full or the file ends.
      }
      byte[] read = new byte[bytes.flip().remaining()];
      bytes.get(read);
      return read;
    }
  }

  /** Reads at most the first {@code maxBytes} bytes as UTF-8; malformed bytes are replaced. */
  public static String text(Path path, int maxBytes) throws IOException {
    return new String(head(path, maxBytes), StandardCharsets.UTF_8);
  }

  private static FileChannel channel(Path path) throws IOException {
    // Checked before opening: opening a pipe blocks until its other end is opened.
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(path.getFileName() + " is not a regular file");
    }
    return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }
}

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
 * Reads what an engine left in a file without trusting it: a link, a device or a pipe in its place
 * is refused, and nothing is read beyond a bound.
 */
public final class RegularFile {

  private RegularFile() {}

  /**
   * @throws IOException where it is no regular file or larger than {@code maxBytes}
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

  /** The first {@code maxBytes} bytes at most. */
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

  /** The first {@code maxBytes} bytes at most; what is not UTF-8 is replaced. */
  public static String text(Path path, int maxBytes) throws IOException {
    return new String(head(path, maxBytes), StandardCharsets.UTF_8);
  }

  private static FileChannel channel(Path path) throws IOException {
    // Asked before it is opened: opening a pipe would wait for its other end.
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(path.getFileName() + " is not a regular file");
    }
    return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }
}

package bench.podium.protocol;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Splits bytes into parts of compressed base64 that fit in a line each, and joins them. */
final class ResultParts {

  /**
   * Maximum length of a part in base64 characters, so that its line stays well below {@link
   * ProtocolCodec#MAX_LINE_LENGTH}.
   */
  static final int MAX_PAYLOAD_LENGTH = 8 * 1024;

  /** Maximum number of parts; a result has a few dozen kilobytes. */
  static final int MAX_PARTS = 256;

  private static final int MAX_INFLATED_BYTES = 4 * 1024 * 1024;
  private static final int BUFFER_BYTES = 16 * 1024;

  private ResultParts() {}

  static List<AgentMessage.ResultPart> split(int step, int attempt, byte[] bytes) {
    byte[] deflated = deflate(bytes);
    // 4 characters encode 3 bytes, so that only the last part is padded.
    int bytesPerPart = MAX_PAYLOAD_LENGTH / 4 * 3;
    int parts = Math.ceilDiv(deflated.length, bytesPerPart);
    if (parts > MAX_PARTS) {
      throw new IllegalArgumentException("a result of " + deflated.length + " bytes is too long");
    }
    List<AgentMessage.ResultPart> pieces = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = part * bytesPerPart;
      int to = Math.min(deflated.length, from + bytesPerPart);
      String payload = Base64.getEncoder().encodeToString(Arrays.copyOfRange(deflated, from, to));
      pieces.add(new AgentMessage.ResultPart(step, attempt, part, parts, payload));
    }
    return pieces;
  }

  /**
   * Joins the parts.
   *
   * @param payloads all payloads, in order
   * @throws IllegalArgumentException if they are damaged or exceed 4 MiB uncompressed
   */
  static byte[] join(List<String> payloads) {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    payloads.forEach(payload -> deflated.writeBytes(Base64.getDecoder().decode(payload)));
    return inflate(deflated.toByteArray());
  }

  private static byte[] deflate(byte[] bytes) {
    try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    }
  }

  private static byte[] inflate(byte[] bytes) {
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(bytes);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      while (!inflater.finished()) {
        int inflated = inflater.inflate(buffer);
        if (inflated == 0 && !inflater.finished()) {
          throw new IllegalArgumentException("the result's end is missing");
        }
        out.write(buffer, 0, inflated);
        if (out.size() > MAX_INFLATED_BYTES) {
          throw new IllegalArgumentException("a result beyond " + MAX_INFLATED_BYTES + " bytes");
        }
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("the result's compression is damaged", e);
    }
  }
}

package bench.podium.status;

import java.nio.charset.StandardCharsets;

/**
 * Truncates texts to the bound of their field: the API server validates the whole object on a
 * status write, so one message that is too long would block all further writes.
 */
public final class TextTruncation {

  /** Length reserved for the note on how many code points were removed. */
  private static final int NOTE = 22;

  private TextTruncation() {}

  /**
   * @param bound in code points, as the API server counts; at least 24
   * @return the text, or its beginning and the number of code points that were removed; without
   *     control characters other than line feeds
   */
  static String to(int bound, String text) {
    String clean = clean(text);
    return clean.codePointCount(0, clean.length()) <= bound ? clean : begin(clean, bound - NOTE);
  }

  /**
   * @param bound in bytes of UTF-8, as the API server counts in an Event; at least 24
   * @return as {@link #to}, on one line
   */
  public static String toBytes(int bound, String text) {
    String line = clean(text).replace('\n', ' ');
    if (bytes(line) <= bound) {
      return line;
    }
    int retained = 0;
    int size = 0;
    for (int point : line.codePoints().toArray()) {
      size += bytes(Character.toString(point));
      if (size > bound - NOTE) {
        break;
      }
      retained++;
    }
    return begin(line, retained);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String begin(String text, int retained) {
    int length = text.codePointCount(0, text.length());
    String note = "... (%d more)".formatted(length - retained);
    return text.substring(0, text.offsetByCodePoints(0, retained)) + note;
  }

  private static String clean(String text) {
    return text.codePoints()
        .map(point -> isPlain(point) ? point : '\uFFFD')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isPlain(int point) {
    boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    return point == '\n' || (!Character.isISOControl(point) && !surrogate);
  }
}

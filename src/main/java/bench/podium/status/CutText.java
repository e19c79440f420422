package bench.podium.status;

/**
 * Texts cut to the bound of their field: a status write validates the whole object, so one message
 * that is too long would be refused for ever.
 */
final class CutText {

  private CutText() {}

  /**
   * @param bound in code points, as the API server counts; at least 24
   * @return the text, or its beginning and how many code points were cut; without control
   *     characters other than line ends
   */
  static String to(int bound, String text) {
    String clean = clean(text);
    int length = clean.codePointCount(0, clean.length());
    if (length <= bound) {
      return clean;
    }
    int kept = bound - 22;
    String note = "... (%d more)".formatted(length - kept);
    return clean.substring(0, clean.offsetByCodePoints(0, kept)) + note;
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

package bench.podium.domain.evaluation;

/**
 * Truncates texts for fields of bounded length. Lengths are in code points, so that none is split.
 */
public final class BoundedText {

  /** Marks the end of a truncated text. */
  public static final String ELLIPSIS = "...";

  private BoundedText() {}

  /**
   * @param maxLength maximum length of a text that is returned unchanged
   * @param retained number of code points that a longer text retains, before {@link #ELLIPSIS}
   */
  public static String of(String text, int maxLength, int retained) {
    return text.codePointCount(0, text.length()) <= maxLength
        ? text
        : text.substring(0, text.offsetByCodePoints(0, retained)) + ELLIPSIS;
  }
}

package bench.podium.domain.evaluation;

/** Texts that have a place of bounded length, counted in code points so that none is split. */
public final class BoundedText {

  /** Stands where the rest was left out. */
  public static final String MORE = "...";

  private BoundedText() {}

  /**
   * @param longest that is left as it is
   * @param kept of a longer one, before {@link #MORE}
   */
  public static String of(String text, int longest, int kept) {
    return text.codePointCount(0, text.length()) <= longest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, kept)) + MORE;
  }
}

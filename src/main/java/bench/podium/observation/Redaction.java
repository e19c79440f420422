package bench.podium.observation;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes texts that must not be shown out of others, where they stand as they are: what is encoded
 * or split over lines is not found.
 */
public final class Redaction {

  static final String REDACTED = "[redacted]";
  private static final String QUOTED = Matcher.quoteReplacement(REDACTED);

  /** Shorter ones stand in any text by chance. */
  private static final int MIN_LENGTH = 4;

  /** A part of a value, as the token behind "Bearer", is longer than most words of prose. */
  private static final int MIN_PART_LENGTH = 8;

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** What stands around a secret in a URL, a connection string or a list of settings. */
  private static final Pattern DELIMITERS = Pattern.compile("[\\s:/@=;,&?\"']+");

  /** Settings that are no secrets and occur in any log. */
  private static final Set<String> TRIVIAL =
      Set.of("true", "false", "null", "none", "auto", "debug", "info", "warn", "warning", "error");

  /** A short word of prose, as in the name of an environment: not taken out of other words. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z]{4,11}");

  /** Longest first: one may be a part of another. */
  private final List<String> secrets;

  private final List<Pattern> patterns;

  private Redaction(List<String> secrets) {
    this.secrets = secrets;
    this.patterns = secrets.stream().map(Redaction::pattern).toList();
  }

  private static Pattern pattern(String secret) {
    String literal = Pattern.quote(secret);
    return Pattern.compile(
        WORD.matcher(secret).matches() ? "(?<![A-Za-z])" + literal + "(?![A-Za-z])" : literal);
  }

  /**
   * @param values literal texts; each line of one is taken for itself
   */
  public static Redaction of(Collection<String> values) {
    return new Redaction(
        values.stream()
            .flatMap(String::lines)
            .flatMap(Redaction::parts)
            .filter(part -> part.length() >= MIN_LENGTH)
            .filter(part -> !TRIVIAL.contains(part.toLowerCase(Locale.ROOT)))
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  private static Stream<String> parts(String value) {
    return Stream.concat(
        Stream.of(value, value.strip()),
        Stream.of(BLANKS, DELIMITERS)
            .flatMap(between -> between.splitAsStream(value))
            .filter(part -> part.length() >= MIN_PART_LENGTH));
  }

  /** The text without them. */
  String of(String text) {
    String left = text;
    for (Pattern pattern : patterns) {
      left = pattern.matcher(left).replaceAll(QUOTED);
    }
    return left;
  }

  /**
   * The same of a text of which the end was cut off, and with it perhaps that of a secret.
   *
   * @param text longer than any secret
   */
  String ofBeginning(String text) {
    String left = of(text);
    int cut = secrets.stream().mapToInt(secret -> begunAtTheEnd(left, secret)).max().orElse(0);
    return cut == 0 ? left : left.substring(0, left.length() - cut) + REDACTED;
  }

  private static int begunAtTheEnd(String text, String secret) {
    int most = Math.min(secret.length() - 1, text.length());
    for (int length = most; length >= MIN_LENGTH; length--) {
      if (text.regionMatches(text.length() - length, secret, 0, length)) {
        return length;
      }
    }
    return 0;
  }
}

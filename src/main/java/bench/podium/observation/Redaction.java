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
 * Replaces secrets in texts. Only literal occurrences are found, not encoded ones or ones split
 * over lines.
 */
public final class Redaction {

  static final String REDACTED = "[redacted]";
  private static final String QUOTED = Matcher.quoteReplacement(REDACTED);

  /** Shorter values occur in any text by chance. */
  private static final int MIN_LENGTH = 4;

  /**
   * Minimum length of a part of a value, such as the token after "Bearer"; longer than most English
   * words.
   */
  private static final int MIN_PART_LENGTH = 8;

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** Delimiters around a secret in a URL, a connection string or a list of settings. */
  private static final Pattern DELIMITERS = Pattern.compile("[\\s:/@=;,&?\"']+");

  /** Common settings that are not secret and occur in any log. */
  private static final Set<String> TRIVIAL =
      Set.of("true", "false", "null", "none", "auto", "debug", "info", "warn", "warning", "error");

  /** A short word, such as the name of an environment; not replaced inside longer words. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z]{4,11}");

  /** Longest first, because one may be a part of another. */
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
   * Creates a redaction of these values and of their longer parts.
   *
   * @param values secrets; each line of a value is a secret of its own
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

  /** The text with all secrets replaced. */
  String of(String text) {
    String result = text;
    for (Pattern pattern : patterns) {
      result = pattern.matcher(result).replaceAll(QUOTED);
    }
    return result;
  }

  /**
   * The same for a truncated text, whose last secret may be incomplete.
   *
   * @param text longer than any secret
   */
  String ofBeginning(String text) {
    String result = of(text);
    int partial =
        secrets.stream().mapToInt(secret -> partialSecretLength(result, secret)).max().orElse(0);
    return partial == 0 ? result : result.substring(0, result.length() - partial) + REDACTED;
  }

  private static int partialSecretLength(String text, String secret) {
    int maxLength = Math.min(secret.length() - 1, text.length());
    for (int length = maxLength; length >= MIN_LENGTH; length--) {
      if (text.regionMatches(text.length() - length, secret, 0, length)) {
        return length;
      }
    }
    return 0;
  }
}

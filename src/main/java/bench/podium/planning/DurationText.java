package bench.podium.planning;

import bench.podium.api.v1alpha1.Bounds;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses and formats durations of the API, such as {@code 1h30m} and {@code 25ms}, and latencies
 * such as {@code 800us}.
 */
public final class DurationText {

  private static final Pattern DURATION = Pattern.compile(Bounds.DURATION);
  private static final Pattern LATENCY = Pattern.compile(Bounds.LATENCY);
  private static final Pattern PART = Pattern.compile("([0-9]+)(h|ms|us|m|s)");

  private DurationText() {}

  /** Parses hours to milliseconds; empty if the text is not a duration. */
  public static Optional<Duration> parse(String text) {
    return matching(DURATION, text);
  }

  /** Parses minutes to microseconds; empty if the text is not a latency. */
  public static Optional<Duration> parseLatency(String text) {
    return matching(LATENCY, text);
  }

  /** The shortest text that parses to this duration, truncated to microseconds. */
  public static String of(Duration duration) {
    long micros = duration.dividedBy(Duration.of(1, ChronoUnit.MICROS));
    if (micros == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    append(text, micros / 3_600_000_000L, "h");
    append(text, micros / 60_000_000 % 60, "m");
    append(text, micros / 1_000_000 % 60, "s");
    append(text, micros / 1_000 % 1_000, "ms");
    append(text, micros % 1_000, "us");
    return text.toString();
  }

  private static void append(StringBuilder text, long value, String unit) {
    if (value > 0) {
      text.append(value).append(unit);
    }
  }

  private static Optional<Duration> matching(Pattern pattern, String text) {
    if (text.isEmpty() || !pattern.matcher(text).matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      sum = sum.plus(Long.parseLong(part.group(1)), unit(part.group(2)));
    }
    return Optional.of(sum);
  }

  private static ChronoUnit unit(String symbol) {
    return switch (symbol) {
      case "h" -> ChronoUnit.HOURS;
      case "m" -> ChronoUnit.MINUTES;
      case "s" -> ChronoUnit.SECONDS;
      case "ms" -> ChronoUnit.MILLIS;
      default -> ChronoUnit.MICROS;
    };
  }
}

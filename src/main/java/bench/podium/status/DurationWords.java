package bench.podium.status;

import java.time.Duration;

/** Durations as the API's pattern has them, in whole seconds: {@code 1h2m3s}. */
final class DurationWords {

  private DurationWords() {}

  static String of(Duration duration) {
    long seconds = duration.plusMillis(999).toSeconds();
    if (seconds == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    append(text, seconds / 3600, 'h');
    append(text, seconds / 60 % 60, 'm');
    append(text, seconds % 60, 's');
    return text.toString();
  }

  private static void append(StringBuilder text, long value, char unit) {
    if (value > 0) {
      text.append(value).append(unit);
    }
  }
}

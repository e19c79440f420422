package bench.podium.status;

import bench.podium.planning.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Formats and parses times as Kubernetes does. */
public final class TimeText {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private TimeText() {}

  /** RFC 3339 in whole seconds, as metav1.Time. */
  public static String seconds(Instant instant) {
    return DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(ChronoUnit.SECONDS));
  }

  /** A duration in the format of the spec, rounded up to whole seconds. */
  static String wholeSeconds(Duration duration) {
    return DurationText.of(Duration.ofSeconds(duration.plusMillis(999).toSeconds()));
  }

  /** RFC 3339 with microseconds, as metav1.MicroTime. */
  public static String micros(Instant instant) {
    return MICROS.format(instant);
  }

  /** As {@link #micros}; null if there is none, as absent fields are. */
  static String microsOrNull(Optional<Instant> instant) {
    return instant.map(TimeText::micros).orElse(null);
  }

  /**
   * As {@link #parse}.
   *
   * @param text null if the field is absent
   */
  static Optional<Instant> parseIfPresent(String text) {
    return Optional.ofNullable(text).map(TimeText::parse);
  }

  /**
   * Parses both formats.
   *
   * @throws java.time.format.DateTimeParseException if the text is not RFC 3339
   */
  public static Instant parse(String text) {
    return Instant.parse(text);
  }
}

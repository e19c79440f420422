package bench.podium.protocol;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Converts instants to their form in messages and results: whole microseconds since 1970. */
public final class EpochMicros {

  private EpochMicros() {}

  /** Truncates to whole microseconds. */
  public static long of(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  public static Instant instant(long epochMicros) {
    return Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS);
  }
}

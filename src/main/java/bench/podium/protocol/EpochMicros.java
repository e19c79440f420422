package bench.podium.protocol;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as they travel and are kept: whole microseconds since 1970. */
public final class EpochMicros {

  private EpochMicros() {}

  /** What is finer is cut off. */
  public static long of(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  public static Instant instant(long epochMicros) {
    return Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS);
  }
}

package bench.podium.domain.measurement;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LongSummaryStatistics;
import java.util.Optional;

/**
 * How far apart the first requests of a step's workers are.
 *
 * @param micros latest minus earliest first request, over those pods that sent one
 * @param errorMicros how wrong {@code micros} may be: 0 where all pods share a clock (one boot id),
 *     else the sum of the two largest bounds that the kernels of different nodes give, since the
 *     earliest and the latest may each be wrong by its own
 */
public record StartSkew(long micros, long errorMicros) {

  /** Empty where no pod sent a request. */
  public static Optional<StartSkew> of(Collection<WorkerMeasurement> workers) {
    LongSummaryStatistics firsts =
        workers.stream()
            .flatMap(worker -> worker.firstRequest().stream())
            .mapToLong(StartSkew::epochMicros)
            .summaryStatistics();
    if (firsts.getCount() == 0) {
      return Optional.empty();
    }
    long micros = firsts.getMax() - firsts.getMin();
    return Optional.of(new StartSkew(micros, NodeClocks.of(workers).errorMicros()));
  }

  public Duration duration() {
    return Duration.ofNanos(Math.multiplyExact(micros, 1000L));
  }

  private static long epochMicros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000L);
  }
}

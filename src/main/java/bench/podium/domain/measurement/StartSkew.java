package bench.podium.domain.measurement;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LongSummaryStatistics;
import java.util.Optional;

/**
 * The time between the first requests of a step's workers.
 *
 * @param micros latest minus earliest first request in us, over the workers that sent one
 * @param errorMicros maximum error of {@code micros} in us: 0 where all workers share a clock (one
 *     boot id); otherwise the sum of the two largest error bounds of different nodes, since the
 *     earliest and the latest time may both be wrong
 */
public record StartSkew(long micros, long errorMicros) {

  /** Empty where no worker sent a request. */
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

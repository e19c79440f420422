package bench.podium.domain.measurement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Measurements of workers that pass all checks, as a basis for tests. */
public final class MeasurementFixture {

  public static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  public static final Duration DURATION = Duration.ofMillis(26);

  /** Latency of each lost request. */
  public static final long TIMEOUT_MICROS = 2_000_000;

  private MeasurementFixture() {}

  /** 100 replies of 1 ms over 4 connections, which waited for 962 thousandths of the time. */
  public static WorkerMeasurement sound(int worker) {
    return with(worker, ErrorCounts.NONE, 100, 0, "boot-a", 0);
  }

  public static WorkerMeasurement startedAfter(int worker, long micros, String bootId) {
    return with(worker, ErrorCounts.NONE, 100, 0, bootId, micros);
  }

  /** No reply at all over 4 connections. */
  public static WorkerMeasurement unanswered(int worker) {
    return with(worker, new ErrorCounts(0, 0, 0, 4, 0), 0, 4, "boot-a", 0);
  }

  /** 100 replies, as many of them late as there are timeouts. */
  public static WorkerMeasurement failing(int worker, ErrorCounts errors) {
    return with(worker, errors, 100 - errors.timeout(), 0, "boot-a", 0);
  }

  /** 100 replies of 1 ms over 4 connections in forty times the time that it takes. */
  public static WorkerMeasurement idle(int worker) {
    return with(worker, ErrorCounts.NONE, 100, 0, "boot-a", 0, Duration.ofSeconds(1));
  }

  /**
   * An open load: all sent requests but the failed ones were answered after 1 ms; requests with
   * connect errors were not sent.
   */
  public static WorkerMeasurement open(int worker, long planned, long sent, ErrorCounts errors) {
    long replies = sent - errors.read() - errors.write() - errors.timeout();
    return WorkerMeasurementBuilder.of(
            worker,
            new OfferedLoad.Rate(
                planned, LatencyHistogram.of(Map.of(100L, sent)), errors.connect()))
        .requests(replies)
        .sent(sent)
        .bytes(replies * 120)
        .duration(Duration.ofSeconds(1))
        .errors(errors)
        .unanswered(errors.timeout())
        .firstRequest(T0)
        .measured(LatencyHistogram.of(Map.of(1000L, replies)))
        .series(
            new LatencySeries(
                List.of(
                    LatencyHistogram.of(Map.of(1000L, replies / 2)),
                    LatencyHistogram.of(Map.of(3000L, replies / 2)))))
        .lost(lost(errors.connections() + errors.timeout()))
        .build();
  }

  private static WorkerMeasurement with(
      int worker,
      ErrorCounts errors,
      long inTime,
      long unanswered,
      String bootId,
      long startedAfterMicros) {
    return with(worker, errors, inTime, unanswered, bootId, startedAfterMicros, DURATION);
  }

  private static WorkerMeasurement with(
      int worker,
      ErrorCounts errors,
      long inTime,
      long unanswered,
      String bootId,
      long startedAfterMicros,
      Duration duration) {
    LatencyHistogram latency = LatencyHistogram.of(Map.of(1000L, inTime));
    long requests = inTime + errors.timeout() - unanswered;
    return WorkerMeasurementBuilder.of(worker, new OfferedLoad.Connections(4))
        .requests(requests)
        .sent(requests + 4)
        .bytes(requests * 120)
        .duration(duration)
        .errors(errors)
        .unanswered(unanswered)
        .firstRequest(T0.plusNanos(startedAfterMicros * 1000))
        .measured(latency)
        .corrected(latency)
        .clock(new ClockReading(bootId, true, 500))
        .lost(lost(errors.read() + errors.write() + errors.timeout()))
        .build();
  }

  private static LatencyHistogram lost(long count) {
    return LatencyHistogram.of(Map.of(TIMEOUT_MICROS, count));
  }
}

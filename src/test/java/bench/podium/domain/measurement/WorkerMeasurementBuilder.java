package bench.podium.domain.measurement;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Builds measurements of a worker for tests. */
public final class WorkerMeasurementBuilder {

  private final int worker;
  private OfferedLoad offered;
  private long requests;
  private long sent;
  private long bytes;
  private Duration duration = Duration.ZERO;
  private ErrorCounts errors = ErrorCounts.NONE;
  private long unanswered;
  private Optional<Instant> firstRequest = Optional.empty();
  private LatencyHistogram measured = LatencyHistogram.empty();
  private LatencyHistogram corrected = LatencyHistogram.empty();
  private long negativeBuckets;
  private LatencySeries series = LatencySeries.none();
  private Optional<EngineCpuUsage> cpu = Optional.empty();
  private ClockReading clock = new ClockReading("boot-a", true, 500);
  private LatencyHistogram lost = LatencyHistogram.empty();
  private Optional<ConnectionStalls> stalls = Optional.empty();
  private ReplySeries replies = ReplySeries.none();
  private long reconnects;

  private WorkerMeasurementBuilder(int worker, OfferedLoad offered) {
    this.worker = worker;
    this.offered = offered;
  }

  /** A measurement without requests, on a node with a synchronised clock. */
  public static WorkerMeasurementBuilder of(int worker, OfferedLoad offered) {
    return new WorkerMeasurementBuilder(worker, offered);
  }

  /** A copy of this measurement. */
  public static WorkerMeasurementBuilder from(WorkerMeasurement other) {
    WorkerMeasurementBuilder builder = of(other.worker(), other.offered());
    builder.requests = other.requests();
    builder.sent = other.sent();
    builder.bytes = other.bytes();
    builder.duration = other.duration();
    builder.errors = other.errors();
    builder.unanswered = other.unanswered();
    builder.firstRequest = other.firstRequest();
    builder.measured = other.measured();
    builder.corrected = other.corrected();
    builder.negativeBuckets = other.negativeBuckets();
    builder.series = other.series();
    builder.cpu = other.cpu();
    builder.clock = other.clock();
    builder.lost = other.lost();
    builder.stalls = other.stalls();
    builder.replies = other.replies();
    builder.reconnects = other.reconnects();
    return builder;
  }

  public WorkerMeasurementBuilder offered(OfferedLoad value) {
    offered = value;
    return this;
  }

  public WorkerMeasurementBuilder requests(long value) {
    requests = value;
    return this;
  }

  public WorkerMeasurementBuilder sent(long value) {
    sent = value;
    return this;
  }

  public WorkerMeasurementBuilder bytes(long value) {
    bytes = value;
    return this;
  }

  public WorkerMeasurementBuilder duration(Duration value) {
    duration = value;
    return this;
  }

  public WorkerMeasurementBuilder errors(ErrorCounts value) {
    errors = value;
    return this;
  }

  public WorkerMeasurementBuilder unanswered(long value) {
    unanswered = value;
    return this;
  }

  public WorkerMeasurementBuilder measured(LatencyHistogram value) {
    measured = value;
    return this;
  }

  public WorkerMeasurementBuilder corrected(LatencyHistogram value) {
    corrected = value;
    return this;
  }

  public WorkerMeasurementBuilder negativeBuckets(long value) {
    negativeBuckets = value;
    return this;
  }

  public WorkerMeasurementBuilder series(LatencySeries value) {
    series = value;
    return this;
  }

  public WorkerMeasurementBuilder clock(ClockReading value) {
    clock = value;
    return this;
  }

  public WorkerMeasurementBuilder lost(LatencyHistogram value) {
    lost = value;
    return this;
  }

  public WorkerMeasurementBuilder firstRequest(Instant value) {
    firstRequest = Optional.of(value);
    return this;
  }

  public WorkerMeasurementBuilder stalls(ConnectionStalls value) {
    stalls = Optional.of(value);
    return this;
  }

  public WorkerMeasurement build() {
    return new WorkerMeasurement(
        worker,
        offered,
        requests,
        sent,
        bytes,
        duration,
        errors,
        unanswered,
        firstRequest,
        measured,
        corrected,
        negativeBuckets,
        series,
        cpu,
        clock,
        lost,
        stalls,
        replies,
        reconnects);
  }
}

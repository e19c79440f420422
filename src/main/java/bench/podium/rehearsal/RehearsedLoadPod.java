package bench.podium.rehearsal;

import bench.podium.domain.measure.ClockReading;
import bench.podium.domain.measure.ConnectionStalls;
import bench.podium.domain.measure.ErrorCounts;
import bench.podium.domain.measure.GeneratorCpu;
import bench.podium.domain.measure.LatencyHistogram;
import bench.podium.domain.measure.LatencySeries;
import bench.podium.domain.measure.OfferedLoad;
import bench.podium.domain.measure.ReplySeries;
import bench.podium.domain.measure.WorkerMeasurement;
import bench.podium.wire.Command;
import bench.podium.wire.EpochMicros;
import bench.podium.wire.Fact;
import bench.podium.wire.WorkerReport;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The log of a load pod that obeys at once and measures 100 replies of 1 ms over 4 connections. */
final class RehearsedLoadPod implements RehearsedVoice {

  private static final long CONNECTIONS = 4;
  private static final long REPLIES = 100;
  private static final GeneratorCpu CPU =
      new GeneratorCpu(
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          Duration.ofMillis(1),
          Duration.ZERO,
          Optional.of(1000L));
  private static final ClockReading CLOCK = new ClockReading("boot", true, 500);
  private static final ConnectionStalls STALLS =
      new ConnectionStalls(1, Duration.ofSeconds(1), Duration.ZERO, 0, Duration.ZERO);

  private final Vertx vertx;
  private final RehearsedPod pod;

  RehearsedLoadPod(Vertx vertx, RehearsedPod pod) {
    this.vertx = vertx;
    this.pod = pod;
    pod.say(new Fact.Started(CLOCK));
  }

  @Override
  public void changed(JsonObject object) {
    pod.command(object).ifPresent(this::obey);
  }

  private void obey(Command command) {
    switch (command) {
      case Command.Arm arm -> {
        pod.say(new Fact.Armed(arm.step(), arm.attempt()));
        Instant t0 = EpochMicros.instant(arm.t0EpochMicros());
        Duration wait =
            Duration.between(pod.clock().instant(), t0).plusMillis(arm.durationMillis());
        vertx.setTimer(Math.max(1, wait.toMillis()), timer -> report(arm, t0));
      }
      case Command.Repeat(int step, int attempt, int ask) ->
          pod.say(new Fact.Unknown(step, attempt));
      case Command.RepeatSamples _ -> throw new IllegalStateException("asked of a load pod");
      case Command.Finish() -> {
        pod.say(new Fact.Bye());
        pod.end();
      }
    }
  }

  private void report(Command.Arm arm, Instant t0) {
    LatencyHistogram latency = LatencyHistogram.of(Map.of(1000L, REPLIES));
    WorkerMeasurement measurement =
        new WorkerMeasurement(
            pod.index(),
            new OfferedLoad.Connections(CONNECTIONS),
            REPLIES,
            REPLIES + CONNECTIONS,
            REPLIES * 120,
            Duration.ofMillis(REPLIES / CONNECTIONS + 1),
            ErrorCounts.NONE,
            0,
            Optional.of(t0),
            latency,
            latency,
            0,
            new LatencySeries(List.of(latency, latency)),
            Optional.of(CPU),
            CLOCK,
            LatencyHistogram.empty(),
            Optional.of(STALLS),
            new ReplySeries(ReplySeries.FINE, List.of(REPLIES, REPLIES)),
            0);
    pod.say(
        new Fact.Ran(
            arm.step(),
            arm.attempt(),
            arm.t0EpochMicros(),
            Optional.of(arm.t0EpochMicros()),
            measurement.requests(),
            measurement.sent(),
            false));
    pod.codec()
        .encodeReport(new WorkerReport(arm.step(), arm.attempt(), 0, 0, measurement, "wrk"))
        .forEach(pod::say);
  }
}

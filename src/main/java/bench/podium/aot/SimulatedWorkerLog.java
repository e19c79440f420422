package bench.podium.aot;

import bench.podium.domain.measurement.ClockReading;
import bench.podium.domain.measurement.ConnectionStalls;
import bench.podium.domain.measurement.EngineCpuUsage;
import bench.podium.domain.measurement.ErrorCounts;
import bench.podium.domain.measurement.LatencyHistogram;
import bench.podium.domain.measurement.LatencySeries;
import bench.podium.domain.measurement.OfferedLoad;
import bench.podium.domain.measurement.ReplySeries;
import bench.podium.domain.measurement.WorkerMeasurement;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.AttemptResult;
import bench.podium.protocol.Command;
import bench.podium.protocol.EpochMicros;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The log of a worker that follows commands at once and measures 100 replies of 1 ms over 4
 * connections.
 */
final class SimulatedWorkerLog implements SimulatedAgent {

  private static final long CONNECTIONS = 4;
  private static final long REPLIES = 100;
  private static final EngineCpuUsage CPU =
      new EngineCpuUsage(
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          Duration.ofMillis(1),
          Duration.ZERO,
          Optional.of(1000L));
  private static final ClockReading CLOCK = new ClockReading("boot", true, 500);
  private static final ConnectionStalls STALLS =
      new ConnectionStalls(1, Duration.ofSeconds(1), Duration.ZERO, 0, Duration.ZERO);

  private final Vertx vertx;
  private final SimulatedPodLog pod;

  SimulatedWorkerLog(Vertx vertx, SimulatedPodLog pod) {
    this.vertx = vertx;
    this.pod = pod;
    pod.write(new AgentMessage.Started(CLOCK));
  }

  @Override
  public void changed(JsonObject object) {
    pod.command(object).ifPresent(this::handle);
  }

  private void handle(Command command) {
    switch (command) {
      case Command.Arm arm -> {
        pod.write(new AgentMessage.Armed(arm.step(), arm.attempt()));
        Instant t0 = EpochMicros.instant(arm.t0EpochMicros());
        Duration wait =
            Duration.between(pod.clock().instant(), t0).plusMillis(arm.durationMillis());
        vertx.setTimer(Math.max(1, wait.toMillis()), timer -> report(arm, t0));
      }
      case Command.Abort(int step, int attempt) ->
          pod.write(new AgentMessage.AttemptEnded(step, attempt, 0));
      case Command.Discard(int step, int attempt) ->
          pod.write(new AgentMessage.AttemptEnded(step, attempt, 0));
      case Command.Repeat(int step, int attempt, int ask) ->
          pod.write(new AgentMessage.Unknown(step, attempt));
      case Command.RepeatSamples _ -> throw new IllegalStateException("not a command for a worker");
      case Command.Finish() -> {
        pod.write(new AgentMessage.Stopped());
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
    pod.write(
        new AgentMessage.Ran(
            arm.step(),
            arm.attempt(),
            arm.t0EpochMicros(),
            Optional.of(arm.t0EpochMicros()),
            measurement.requests(),
            measurement.sent(),
            false));
    pod.codec()
        .encodeResult(new AttemptResult(arm.step(), arm.attempt(), 0, 0, measurement, "wrk"))
        .forEach(pod::write);
  }
}

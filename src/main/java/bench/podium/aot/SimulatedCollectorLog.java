package bench.podium.aot;

import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Command;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The log of a collector that reports half a core, 40 MB and 8 threads. */
final class SimulatedCollectorLog implements SimulatedAgent {

  private static final long MILLIS_BETWEEN_LOOKS = 500;
  private static final long MICROS_USED_EACH = MILLIS_BETWEEN_LOOKS * 500;
  private static final long MEMORY_BYTES = 40_000_000;
  private static final int THREADS = 8;
  private static final long MAIN_START = 1000;

  private final Vertx vertx;
  private final SimulatedPodLog pod;
  private final long timer;
  private long looks;

  SimulatedCollectorLog(Vertx vertx, SimulatedPodLog pod) {
    this.vertx = vertx;
    this.pod = pod;
    this.timer = vertx.setPeriodic(1, MILLIS_BETWEEN_LOOKS, at -> look());
  }

  private void look() {
    long used = looks * MICROS_USED_EACH;
    pod.write(
        new AgentMessage.Sample(
            looks++, pod.nowMicros(), used, MEMORY_BYTES, THREADS, List.of(MAIN_START)));
  }

  @Override
  public void changed(JsonObject object) {
    pod.command(object).ifPresent(this::obey);
  }

  private void obey(Command command) {
    switch (command) {
      case Command.RepeatSamples(int step, int attempt, long _, long _, int ask) ->
          pod.write(new AgentMessage.Repeated(step, attempt, ask));
      case Command.Finish() -> {
        vertx.cancelTimer(timer);
        pod.write(new AgentMessage.Stopped());
        pod.end();
      }
      case Command.Arm _, Command.Abort _, Command.Discard _, Command.Repeat _ ->
          throw new IllegalStateException("asked of a collector");
    }
  }
}

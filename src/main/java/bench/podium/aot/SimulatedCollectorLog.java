package bench.podium.aot;

import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Command;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The log of a collector that reports half a core, 40 MB and 8 threads. */
final class SimulatedCollectorLog implements SimulatedAgent {

  private static final long SAMPLE_MILLIS = 500;
  private static final long CPU_MICROS_PER_SAMPLE = SAMPLE_MILLIS * 500;
  private static final long MEMORY_BYTES = 40_000_000;
  private static final int THREADS = 8;
  private static final long MAIN_START = 1000;

  private final Vertx vertx;
  private final SimulatedPodLog pod;
  private final long timer;
  private long samples;

  SimulatedCollectorLog(Vertx vertx, SimulatedPodLog pod) {
    this.vertx = vertx;
    this.pod = pod;
    this.timer = vertx.setPeriodic(1, SAMPLE_MILLIS, at -> sample());
  }

  private void sample() {
    long used = samples * CPU_MICROS_PER_SAMPLE;
    pod.write(
        new AgentMessage.Sample(
            samples++, pod.nowMicros(), used, MEMORY_BYTES, THREADS, List.of(MAIN_START)));
  }

  @Override
  public void changed(JsonObject object) {
    pod.command(object).ifPresent(this::handle);
  }

  private void handle(Command command) {
    switch (command) {
      case Command.RepeatSamples(int step, int attempt, long _, long _, int ask) ->
          pod.write(new AgentMessage.Repeated(step, attempt, ask));
      case Command.Finish() -> {
        vertx.cancelTimer(timer);
        pod.write(new AgentMessage.Stopped());
        pod.end();
      }
      case Command.Arm _, Command.Abort _, Command.Discard _, Command.Repeat _ ->
          throw new IllegalStateException("not a command for a collector");
    }
  }
}

package bench.podium.worker;

import bench.podium.domain.plan.AttemptId;
import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.LoadShare;
import bench.podium.protocol.Command;
import java.time.Instant;
import java.util.Optional;

/** Commands and events of a worker, with one fixed T0. */
final class WorkerEvents {

  static final Instant T0 = Instant.parse("2026-01-01T00:00:10Z");
  static final Instant EARLY = T0.minusSeconds(2);

  private WorkerEvents() {}

  static Command.Arm arm(int step, int attempt) {
    long t0Micros = T0.getEpochSecond() * 1_000_000;
    return new Command.Arm(
        step,
        attempt,
        "http://t:80",
        "/",
        EngineKind.WRK,
        new LoadShare.Connections(4),
        1,
        2000,
        0,
        1000,
        Optional.empty(),
        t0Micros,
        1);
  }

  static AttemptId id(int step, int attempt) {
    return new AttemptId(step, attempt);
  }

  static WorkerEvent armEvent(int step, int attempt) {
    return new WorkerEvent.Commanded(arm(step, attempt));
  }
}

package bench.podium.planning;

import static bench.podium.planning.RejectedSpecException.check;
import static bench.podium.planning.RejectedSpecException.inRange;
import static bench.podium.planning.RejectedSpecException.required;
import static bench.podium.planning.RejectedSpecException.size;
import static bench.podium.planning.RejectedSpecException.unique;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.LoadSpec;
import bench.podium.api.v1alpha1.StageSpec;
import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.LoadModel;
import bench.podium.domain.plan.LoadPlan;
import bench.podium.domain.plan.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How the requests of a run are sent. */
final class LoadPlanner {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int MOST_CONNECTIONS = 1_000_000;

  private LoadPlanner() {}

  static LoadPlan plan(LoadSpec load) {
    Duration warmup =
        load.warmup() == null
            ? Duration.ZERO
            : DurationField.of("spec.load.warmup.duration", load.warmup().duration())
                .wholeSeconds()
                .between(SECOND, Duration.ofHours(24));
    return new LoadPlan(
        switch (load.engine()) {
          case WRK -> EngineKind.WRK;
        },
        inRange("spec.load.workers", load.workers(), 1, 100),
        inRange("spec.load.threads", load.threads(), 1, 64),
        DurationField.of("spec.load.timeout", load.timeout())
            .wholeSeconds()
            .between(SECOND, Duration.ofSeconds(60)),
        warmup,
        DurationField.of("spec.load.cooldown", load.cooldown())
            .between(Duration.ZERO, Duration.ofHours(1)));
  }

  static List<Stage> stages(LoadSpec load) {
    size("spec.load.stages", load.stages(), 1, 20);
    List<Stage> stages = new ArrayList<>();
    for (StageSpec stage : load.stages()) {
      stages.add(stage("spec.load.stages[" + stages.size() + "]", load, stage));
    }
    unique("spec.load.stages", "name", stages.stream().map(Stage::name).toList());
    return stages;
  }

  private static Stage stage(String field, LoadSpec load, StageSpec stage) {
    int connections =
        inRange(
            field + ".connections",
            required(field + ".connections", stage.connections()),
            1,
            MOST_CONNECTIONS);
    checkShared(field + ".connections", load, connections);
    checkHeld(field + ".connections", load.workers(), connections);
    return new Stage(
        TargetPlanner.label(field + ".name", stage.name(), Bounds.NAME_LENGTH),
        new LoadModel.Closed(connections),
        DurationField.of(field + ".duration", stage.duration())
            .wholeSeconds()
            .between(SECOND, Duration.ofDays(7)));
  }

  /** Wrk opens connections div threads in each thread: a remainder would silently be missing. */
  private static void checkShared(String field, LoadSpec load, int connections) {
    int shares = load.workers() * load.threads();
    int below = Math.max(1, connections / shares) * shares;
    check(
        connections % shares == 0,
        field,
        "%d connections cannot be shared evenly by %d workers x %d threads: take %d or %d"
            .formatted(connections, load.workers(), load.threads(), below, below + shares));
  }

  private static void checkHeld(String field, int workers, int connections) {
    int each = Bounds.CONNECTIONS_PER_WORKER;
    check(
        connections <= workers * each,
        field,
        "%d connections are more than %d workers can hold at %d each: take at least %d workers"
            .formatted(connections, workers, each, Math.ceilDiv(connections, each)));
  }
}

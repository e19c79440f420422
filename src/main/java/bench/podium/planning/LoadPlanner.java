package bench.podium.planning;

import static bench.podium.planning.RejectedSpecException.check;
import static bench.podium.planning.RejectedSpecException.inRange;
import static bench.podium.planning.RejectedSpecException.required;
import static bench.podium.planning.RejectedSpecException.size;
import static bench.podium.planning.RejectedSpecException.unique;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.LoadSpec;
import bench.podium.api.v1alpha1.StageSpec;
import bench.podium.api.v1alpha1.WarmupSpec;
import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.LoadModel;
import bench.podium.domain.plan.LoadPlan;
import bench.podium.domain.plan.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans {@code spec.load}: engine, workers and stages. */
final class LoadPlanner {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int MAX_CONNECTIONS = 1_000_000;
  private static final int MAX_RATE = 1_000_000;
  private static final int MAX_PROBE_RATE = 10_000;

  private LoadPlanner() {}

  static LoadPlan plan(LoadSpec load) {
    PodChecks.load("spec.load.template", load.template());
    return new LoadPlan(
        switch (load.engine()) {
          case WRK -> EngineKind.WRK;
          case VEGETA -> EngineKind.VEGETA;
        },
        inRange("spec.load.workers", load.workers(), 1, 100),
        inRange("spec.load.threads", load.threads(), 1, 64),
        DurationField.of("spec.load.timeout", load.timeout())
            .wholeSeconds()
            .between(SECOND, Duration.ofSeconds(60)),
        load.warmup() == null ? Duration.ZERO : warmup(load.warmup()),
        DurationField.of("spec.load.cooldown", load.cooldown())
            .between(Duration.ZERO, Duration.ofHours(1)));
  }

  private static Duration warmup(WarmupSpec warmup) {
    DurationField field = DurationField.of("spec.load.warmup.duration", warmup.duration());
    check(
        field.value().isPositive(),
        field.field(),
        "must be from 1s to 24h, not " + field.text() + "; leave spec.load.warmup out for none");
    return field.wholeSeconds().between(SECOND, Duration.ofHours(24));
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
    return new Stage(
        TargetPlanner.label(field + ".name", stage.name(), Bounds.NAME_LENGTH),
        switch (load.engine()) {
          case WRK -> closed(field, load, stage);
          case VEGETA -> open(field, load, stage);
        },
        DurationField.of(field + ".duration", stage.duration())
            .wholeSeconds()
            .between(SECOND, Duration.ofDays(7)),
        Optional.ofNullable(stage.probe())
            .map(probe -> required(field + ".probe.rate", probe.rate()))
            .map(rate -> probeRate(field + ".probe.rate", rate)));
  }

  private static int probeRate(String field, int rate) {
    check(rate != 0, field, "must be from 1 to 10000, not 0; leave probe out for none");
    return inRange(field, rate, 1, MAX_PROBE_RATE);
  }

  private static LoadModel closed(String field, LoadSpec load, StageSpec stage) {
    check(
        stage.rate() == null && stage.rampTo() == null,
        field + ".rate",
        "engine Wrk holds connections; set connections instead, or choose engine: Vegeta");
    int connections =
        inRange(
            field + ".connections",
            required(field + ".connections", stage.connections()),
            1,
            MAX_CONNECTIONS);
    checkDivisible(field + ".connections", load, connections);
    checkCapacity(field + ".connections", load.workers(), connections);
    return new LoadModel.Closed(connections);
  }

  private static LoadModel open(String field, LoadSpec load, StageSpec stage) {
    check(
        stage.connections() == null,
        field + ".connections",
        "engine Vegeta holds a rate; set rate instead, or choose engine: Wrk");
    check(
        stage.probe() == null,
        field + ".probe",
        "a stage with a rate has figures by the second already; leave it out");
    int rate = inRange(field + ".rate", required(field + ".rate", stage.rate()), 1, MAX_RATE);
    check(
        rate >= load.workers(),
        field + ".rate",
        "a rate of %d is less than one request a second for each of %d workers: take at most %d workers"
            .formatted(rate, load.workers(), rate));
    return new LoadModel.Open(
        rate, stage.rampTo() == null ? rate : endRate(field + ".rampTo", stage.rampTo()));
  }

  private static int endRate(String field, int rate) {
    check(rate != 0, field, "must be from 1 to 1000000, not 0; leave it out for a rate that stays");
    return inRange(field, rate, 1, MAX_RATE);
  }

  /** wrk opens connections / threads in each thread and silently drops the remainder. */
  private static void checkDivisible(String field, LoadSpec load, int connections) {
    int shares = load.workers() * load.threads();
    int below = Math.max(1, connections / shares) * shares;
    check(
        connections % shares == 0,
        field,
        "%d connections cannot be shared evenly by %d workers x %d threads: take %d or %d"
            .formatted(connections, load.workers(), load.threads(), below, below + shares));
  }

  private static void checkCapacity(String field, int workers, int connections) {
    int each = Bounds.CONNECTIONS_PER_WORKER;
    check(
        connections <= workers * each,
        field,
        "%d connections are more than %d workers can hold at %d each: take at least %d workers"
            .formatted(connections, workers, each, Math.ceilDiv(connections, each)));
  }
}

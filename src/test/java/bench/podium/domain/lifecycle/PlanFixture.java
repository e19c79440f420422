package bench.podium.domain.lifecycle;

import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.Environment;
import bench.podium.domain.plan.Limits;
import bench.podium.domain.plan.Limits.OnTargetFailure;
import bench.podium.domain.plan.LoadModel;
import bench.podium.domain.plan.LoadPlan;
import bench.podium.domain.plan.RequestTemplate;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Stage;
import bench.podium.domain.plan.Step;
import bench.podium.domain.plan.TargetPlan;
import bench.podium.domain.plan.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans for tests: 2 targets x 2 stages of 10 s with 2 workers. */
public final class PlanFixture {

  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private PlanFixture() {}

  public static RunPlan plan() {
    return plan(OnTargetFailure.CONTINUE, Duration.ofMinutes(60));
  }

  static RunPlan plan(OnTargetFailure onTargetFailure, Duration deadline) {
    List<Stage> stages = List.of(stage("low"), stage("high"));
    return new RunPlan(
        new RunIdentity("bench", "shop", "uid-1"),
        List.of(target("gin"), target("chi")),
        new Workload(List.of(request()), 42, true, Map.of()),
        new LoadPlan(EngineKind.WRK, 2, 1, Duration.ofSeconds(2), Duration.ofSeconds(5), COOLDOWN),
        List.of(
            new Step(0, "gin", stages.getFirst()),
            new Step(1, "gin", stages.getLast()),
            new Step(2, "chi", stages.getFirst()),
            new Step(3, "chi", stages.getLast())),
        List.of(),
        new Limits(Duration.ofMinutes(2), 3, Duration.ofMillis(50), onTargetFailure),
        new Environment("0".repeat(64)),
        Duration.ofMinutes(2),
        deadline);
  }

  static final Duration COOLDOWN = Duration.ofSeconds(3);

  static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private static Stage stage(String name) {
    return new Stage(name, new LoadModel.Closed(8), Duration.ofSeconds(10), Optional.empty());
  }

  private static TargetPlan target(String name) {
    return new TargetPlan(name, "shop-" + name + ".bench.svc", 8080, "/healthz");
  }

  private static Workload.Request request() {
    return new Workload.Request(
        "read", "GET", RequestTemplate.parse("/@{seq}"), Map.of(), RequestTemplate.parse(""), 1);
  }
}

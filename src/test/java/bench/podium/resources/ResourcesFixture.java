package bench.podium.resources;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.TargetSpec;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.plan.RunPlan;
import bench.podium.events.EventReason;
import bench.podium.events.RunEvent;
import bench.podium.planning.PlanFactory;
import bench.podium.planning.PlanResult;
import bench.podium.protocol.ProtocolCodec;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The objects of a run, built from its YAML. */
final class ResourcesFixture {

  private static final WorkerImage IMAGE = new WorkerImage("podium/worker:1", "Never");
  private static final CollectorSetup COLLECTOR =
      new CollectorSetup(IMAGE, Duration.ofSeconds(1), 36_000);

  private static final String SHA256 = "0123456789abcdef".repeat(4);

  private final BenchmarkRun run;
  private final RunPlan plan;

  ResourcesFixture(BenchmarkRun run) {
    this.run = run;
    this.plan = ((PlanResult.Planned) PlanFactory.plan(run)).plan();
  }

  /** A run with names of maximum length. */
  static ResourcesFixture ofLongestNames() {
    return of(
        """
        metadata: {name: %s, namespace: %s, uid: 6e8a7f0c-0000-4000-8000-000000000003}
        spec:
          targets:
          - {name: %s, deploy: {image: example/gin:1}}
          - {name: %s, deploy: {image: example/chi:1}}
          workload: {requests: [{name: read, path: /}]}
          load: {stages: [{name: c8, connections: 8, duration: 10s}]}
        """
            .formatted("r".repeat(40), "n".repeat(63), "t".repeat(18), "u".repeat(18)));
  }

  static ResourcesFixture of(String yaml) {
    return new ResourcesFixture(Serialization.unmarshal(yaml, BenchmarkRun.class));
  }

  RunPlan plan() {
    return plan;
  }

  /** All objects that the run owns. */
  List<HasMetadata> all() {
    List<HasMetadata> objects = new ArrayList<>();
    ResultResources results = new ResultResources(plan);
    objects.add(workers().workload(new ProtocolCodec().encodeWorkload(plan.workload())));
    objects.add(workers().job(1, 7_800));
    objects.add(results.emptyIndex());
    objects.add(results.part(SHA256, "AAAA"));
    for (TargetSpec spec : run.getSpec().targets()) {
      TargetResources target = target(spec);
      objects.add(target.service());
      objects.add(target.deployment());
    }
    return objects;
  }

  /** An Event of the run, which unlike the other objects has no owner. */
  Event event() {
    return new EventResources(Optional.of("podium-0"))
        .event(
            plan.run(),
            new RunEvent(
                EventReason.TARGET_REMOVAL_OVERDUE, RunEvent.Kind.WARNING, 101, "gin", "it stands"),
            PlanFixture.START);
  }

  WorkerResources workers() {
    return new WorkerResources(plan, IMAGE, run.getSpec().load().template());
  }

  List<TargetResources> targets() {
    return run.getSpec().targets().stream().map(this::target).toList();
  }

  private TargetResources target(TargetSpec target) {
    return new TargetResources(plan, plan.target(target.name()), target.deploy(), COLLECTOR);
  }
}

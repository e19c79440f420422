package bench.podium.controller;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.domain.plan.RunIdentity;

/** Which run a resource is. */
final class RunIdentities {

  private RunIdentities() {}

  static RunIdentity of(BenchmarkRun run) {
    return new RunIdentity(
        run.getMetadata().getNamespace(), run.getMetadata().getName(), run.getMetadata().getUid());
  }
}

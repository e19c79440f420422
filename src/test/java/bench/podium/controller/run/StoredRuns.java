package bench.podium.controller.run;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.domain.plan.RunPlan;
import bench.podium.planning.PlanFactory;
import bench.podium.planning.PlanResult;
import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Runs on a real API server, in a namespace of this test alone. */
public final class StoredRuns {

  private static final String RUN =
      """
      metadata: {name: %s, namespace: %s}
      spec:
        targets:
        - {name: gin, deploy: {image: example/gin:1, env: [{name: KEY, value: s3cret-key}]}}
        - {name: chi, deploy: {image: example/chi:1}}
        workload: {requests: [{name: read, path: /}]}
        load:
          workers: 2
          stages: [{name: low, connections: 8, duration: 10s}]
      """;

  private final String namespace = ApiServer.namespace();

  public StoredRuns() {
    try {
      ApiServer.install(
          Serialization.unmarshal(
              Files.readString(Path.of("crds/benchmarkruns.podium.bench-v1.yml")),
              CustomResourceDefinition.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String namespace() {
    return namespace;
  }

  /** The runs that compete for the slot, with an empty cache. */
  CompetingRuns competingRuns() {
    return new CompetingRuns(ApiServer.client(), Set.of(namespace), Stream::empty);
  }

  /** The same with a cache that contains all of them. */
  CompetingRuns competingRunsInCache() {
    return new CompetingRuns(
        ApiServer.client(),
        Set.of(namespace),
        () ->
            ApiServer.client()
                .resources(RunSummary.class)
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream());
  }

  /** Creates a run; returns it with its uid and resourceVersion. */
  public BenchmarkRun create(String name) {
    BenchmarkRun run = Serialization.unmarshal(RUN.formatted(name, namespace), BenchmarkRun.class);
    return ApiServer.client().resource(run).create();
  }

  Optional<BenchmarkRun> find(String name) {
    return Optional.ofNullable(
        ApiServer.client()
            .resources(BenchmarkRun.class)
            .inNamespace(namespace)
            .withName(name)
            .get());
  }

  void delete(String name) {
    ApiServer.client().resources(BenchmarkRun.class).inNamespace(namespace).withName(name).delete();
  }

  public BenchmarkRun read(String name) {
    return ApiServer.client()
        .resources(BenchmarkRun.class)
        .inNamespace(namespace)
        .withName(name)
        .require();
  }

  /** The run as it is now stored, if it holds the slot. */
  static Optional<BenchmarkRun> admitted(AdmissionGate.Answer answer) {
    return answer instanceof AdmissionGate.Answer.Admitted(BenchmarkRun run)
        ? Optional.of(run)
        : Optional.empty();
  }

  public static RunPlan plan(BenchmarkRun run) {
    return ((PlanResult.Planned) PlanFactory.plan(run)).plan();
  }
}

package bench.podium.testing;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.BenchmarkRunSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Creates many runs as in a busy cluster, about 30 kB each, half of it spec and half status. */
public final class StoredFinishedRuns {

  private static final int TARGETS = 5;
  private static final int STAGES = 8;
  private static final int WRITERS = 8;

  /** Bytes of the body of one of the ten requests of a run. */
  private static final int SMALL_BODY = 500;

  private static final int LARGE_BODY = 60_000;

  private final KubernetesClient client;
  private final String namespace;

  public StoredFinishedRuns(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Creates runs that finished long ago, with all their rows. */
  public void createFinished(int count) {
    BenchmarkRun status = Serialization.unmarshal(finishedStatus(), BenchmarkRun.class);
    inParallel(
        IntStream.range(0, count)
            .<Callable<BenchmarkRun>>mapToObj(
                index ->
                    () -> {
                      BenchmarkRun created = create("kept-" + index);
                      created.setStatus(status.getStatus());
                      return client.resource(created).updateStatus();
                    })
            .toList());
  }

  /**
   * Runs that nobody has looked at yet. The first by name is also the first in the queue, which
   * goes by the second of creation: it is created before the others.
   */
  public void createWaiting(int count) {
    create(waiting(0));
    inParallel(
        IntStream.range(1, count)
            .<Callable<BenchmarkRun>>mapToObj(index -> () -> create(waiting(index)))
            .toList());
  }

  /** Creates suspended runs of half the maximum size of an object. */
  public void createSuspended(int count) {
    for (int index = 0; index < count; index++) {
      BenchmarkRun run = Serialization.unmarshal(spec(LARGE_BODY), BenchmarkRun.class);
      run.getMetadata().setName("large-" + index);
      run.getMetadata().setNamespace(namespace);
      BenchmarkRunSpec spec = run.getSpec();
      run.setSpec(
          new BenchmarkRunSpec(
              spec.targets(),
              spec.workload(),
              spec.load(),
              spec.slo(),
              spec.environment(),
              spec.deadline(),
              spec.limits(),
              spec.cleanup(),
              false,
              true,
              spec.collect()));
      client.resource(run).create();
    }
  }

  /** The name of a run without a status. */
  public static String waiting(int index) {
    return "waits-%04d".formatted(index);
  }

  /** Creates a run and returns it as stored. */
  public BenchmarkRun create(String name) {
    BenchmarkRun run = Serialization.unmarshal(spec(SMALL_BODY), BenchmarkRun.class);
    run.getMetadata().setName(name);
    run.getMetadata().setNamespace(namespace);
    return client.resource(run).create();
  }

  private static void inParallel(List<Callable<BenchmarkRun>> writes) {
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      for (Future<BenchmarkRun> each : writers.invokeAll(writes)) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static String spec(int body) {
    String env =
        IntStream.range(0, 12)
            .mapToObj(index -> "{name: SETTING_%d, value: %s}".formatted(index, "x".repeat(150)))
            .collect(Collectors.joining(", "));
    return """
        metadata: {}
        spec:
          targets:
        %s
          workload:
            requests:
        %s
          load: {workers: 1, stages: [%s]}
          limits: {startTimeout: 30m}
          deadline: 5h
          cleanup: {pods: Always}
        """
        .formatted(targets(env), requests(body), stages());
  }

  private static String targets(String env) {
    return IntStream.range(0, TARGETS)
        .mapToObj(
            index ->
                "  - {name: t%d, deploy: {image: \"example/target:%d\", env: [%s]}}"
                    .formatted(index, index, env))
        .collect(Collectors.joining("\n"));
  }

  private static String requests(int body) {
    return IntStream.range(0, 10)
        .mapToObj(
            index ->
                "    - {name: r%d, method: POST, path: /r%d, body: \"%s\"}"
                    .formatted(index, index, "y".repeat(body)))
        .collect(Collectors.joining("\n"));
  }

  private static String stages() {
    return IntStream.range(0, STAGES)
        .mapToObj(
            index -> "{name: c%d, connections: %d, duration: 10s}".formatted(index, index + 1))
        .collect(Collectors.joining(", "));
  }

  private static String finishedStatus() {
    String rows =
        IntStream.range(0, TARGETS * STAGES)
            .mapToObj(
                index ->
                    "  - {target: t%d, stage: c%d, requests: 1000, sent: 1000, verdict: Failed, message: \"%s\"}"
                        .formatted(index / STAGES, index % STAGES, "z".repeat(300)))
            .collect(Collectors.joining("\n"));
    return """
        metadata: {}
        spec: {targets: [], workload: {requests: []}, load: {}}
        status:
          observedGeneration: 1
          phase: Finished
          verdict: Failed
          startTime: "2026-01-01T00:00:00Z"
          completionTime: "2026-01-01T01:00:00Z"
          conditions:
          - {type: Finished, status: "True", reason: Completed, message: all steps are recorded, lastTransitionTime: "2026-01-01T01:00:00Z"}
          results:
        %s
        """
        .formatted(rows);
  }
}

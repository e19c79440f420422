package bench.podium.controller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.Phase;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.testing.ApiServer;
import bench.podium.testing.ApiWrites;
import bench.podium.testing.OperatorProcess;
import bench.podium.testing.StoredFinishedRuns;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator as a process, with a memory limit scaled to the number of runs: a fifth of the
 * chart's limit beyond what the operator needs to start, for a fifth of the 5,000 finished and 500
 * queued runs that {@code make bench} measures.
 */
@ExtendWith(ApiServer.class)
class KeptRunsIT {

  private static final int FINISHED = Integer.getInteger("podium.kept.finished", 1000);
  private static final int WAITING = Integer.getInteger("podium.kept.waiting", 100);
  private static final List<String> JVM =
      List.of(Optional.ofNullable(System.getenv("PODIUM_KEPT_JVM")).orElse("-Xmx48m").split(" "));
  private static final Duration IDLE =
      Duration.ofSeconds(Integer.getInteger("podium.kept.idleSeconds", 5));

  private final StoredRuns stored = new StoredRuns();
  private final StoredFinishedRuns runs =
      new StoredFinishedRuns(ApiServer.client(), stored.namespace());

  @Test
  void admitsTheNextRunWithinTheMemoryLimitBesideManyRuns(@TempDir Path folder) throws Exception {
    // Given
    runs.createFinished(FINISHED);
    runs.createSuspended(4);
    runs.create("first");
    runs.createWaiting(WAITING);
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), ApiServer.kubeconfig());
    try (OperatorProcess operator =
        new OperatorProcess(
            stored.namespace(),
            "",
            folder,
            Map.of("KUBECONFIG", kubeconfig.toString(), "MALLOC_ARENA_MAX", "2"),
            JVM)) {
      await("the status of all queued runs")
          .atMost(Duration.ofMinutes(4))
          .until(() -> count(Phase.QUEUED) == WAITING && count(Phase.PREPARING) == 1);
      ApiWrites before = ApiWrites.settled(ApiServer.client());

      // When
      Map<String, Long> idle = before.since(IDLE);
      Duration next = untilTheNextIsAdmitted();

      // Then
      System.out.printf(
          "%d finished, %d waiting, %s: %d MiB resident, next admitted after %s, starts %d%n",
          FINISHED, WAITING, JVM, operator.residentKib() / 1024, next, operator.starts());
      assertThat(operator.starts()).as(operator.log()).isEqualTo(1);
      assertThat(idle).isEmpty();
      assertThat(next).isLessThan(Duration.ofSeconds(1));
    }
  }

  private long count(Phase phase) {
    return stored.competingRuns().read().filter(run -> isIn(phase, run)).count();
  }

  private static boolean isIn(Phase phase, RunSummary run) {
    return run.getStatus() != null && run.getStatus().phase() == phase;
  }

  private Duration untilTheNextIsAdmitted() throws Exception {
    CompletableFuture<Instant> free = new CompletableFuture<>();
    CompletableFuture<Instant> taken = new CompletableFuture<>();
    // From now on: all that there is would come first, and hide how much time has passed.
    String now =
        runs()
            .list(new ListOptionsBuilder().withLimit(1L).build())
            .getMetadata()
            .getResourceVersion();
    try (Watch _ =
        runs()
            .watch(
                new ListOptionsBuilder().withResourceVersion(now).build(),
                new Watching(free, taken))) {
      runs()
          .withName("first")
          .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"cancel\":true}}");
      return Duration.between(free.get(60, TimeUnit.SECONDS), taken.get(60, TimeUnit.SECONDS));
    }
  }

  private NonNamespaceOperation<
          RunSummary, KubernetesResourceList<RunSummary>, Resource<RunSummary>>
      runs() {
    return ApiServer.client().resources(RunSummary.class).inNamespace(stored.namespace());
  }

  /** When the first run had finished, and when the next one was admitted. */
  private record Watching(CompletableFuture<Instant> free, CompletableFuture<Instant> taken)
      implements Watcher<RunSummary> {

    @Override
    public void eventReceived(Action action, RunSummary run) {
      String name = run.getMetadata().getName();
      if (name.equals("first") && RunStates.isFinished(run)) {
        free.complete(Instant.now());
      } else if (name.equals(StoredFinishedRuns.waiting(0)) && RunStates.isStarted(run)) {
        taken.complete(Instant.now());
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      taken.completeExceptionally(cause);
    }
  }
}

package bench.podium.e2e;

import static bench.podium.testing.BenchmarkRunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.resources.Labels;
import bench.podium.testing.RealCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a finished run retains, and for how long. */
class CleanUpE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  private static final String RUN = "kept";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** {@code ttlAfterFinished} of the run. */
  private static final Duration RETENTION = Duration.ofSeconds(20);

  /** For the target's grace period and times in whole seconds. */
  private static final Duration TOLERANCE = Duration.ofSeconds(15);

  @Test
  void retainsPodsOfAFailedRunForTheirTtlAndKeepsItsResults() {
    // Given
    CLUSTER.apply(RUN);
    BenchmarkRun finished = CLUSTER.awaitFinished(RUN, TIMEOUT);
    Instant end = Instant.parse(finished.getStatus().completionTime());

    // When
    await("pods of the run gone").atMost(TIMEOUT).until(() -> CLUSTER.pods(RUN).isEmpty());
    Duration retained = Duration.between(end, Instant.now());

    // Then
    assertThat(finished).hasVerdict(Verdict.FAILED);
    assertThat(retained).isBetween(RETENTION, RETENTION.plus(TOLERANCE));
    assertThat(CLUSTER.client().services().inNamespace(RealCluster.NAMESPACE).list().getItems())
        .noneMatch(each -> RUN.equals(each.getMetadata().getLabels().get(Labels.RUN)));
    assertThat(CLUSTER.find(RUN).orElseThrow().getStatus()).isEqualTo(finished.getStatus());
    assertThat(
            CLUSTER
                .client()
                .configMaps()
                .inNamespace(RealCluster.NAMESPACE)
                .withName(RUN + "-index")
                .get()
                .getData())
        .containsOnlyKeys("step-0000");
  }

  @Test
  void retainsARunningTargetAndTerminatedWorkers() {
    // Given
    CLUSTER.apply(RUN);

    // When
    CLUSTER.awaitFinished(RUN, TIMEOUT);

    // Then
    await("workers terminated")
        .atMost(RETENTION.dividedBy(2))
        .until(() -> CLUSTER.pods(RUN, Labels.ROLE_WORKER).stream().allMatch(CleanUpE2E::hasEnded));
    assertThat(CLUSTER.pods(RUN, Labels.ROLE_WORKER)).hasSize(2);
    assertThat(CLUSTER.pods(RUN, Labels.ROLE_TARGET))
        .singleElement()
        .matches(pod -> "Running".equals(pod.getStatus().getPhase()));
  }

  private static boolean hasEnded(Pod pod) {
    return "Succeeded".equals(pod.getStatus().getPhase());
  }
}

package bench.podium.e2e;

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

/** What a run leaves, and for how long. */
class CleanUpE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  private static final String RUN = "kept";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** As the run asks. */
  private static final Duration KEPT = Duration.ofSeconds(20);

  /** A target's grace period, and Kubernetes cuts times to whole seconds. */
  private static final Duration AND_A_LITTLE = Duration.ofSeconds(15);

  @Test
  void theTargetOfARunThatFailedStandsForAsLongAsAskedForAndItsResultsStay() {
    // Given
    CLUSTER.apply(RUN);
    BenchmarkRun finished = CLUSTER.awaitFinished(RUN, TIMEOUT);
    Instant end = Instant.parse(finished.getStatus().completionTime());

    // When
    await("its pods gone").atMost(TIMEOUT).until(() -> CLUSTER.pods(RUN).isEmpty());
    Duration kept = Duration.between(end, Instant.now());

    // Then
    assertThat(finished.getStatus().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(kept).isBetween(KEPT, KEPT.plus(AND_A_LITTLE));
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
  void whatIsKeptMeanwhileIsATargetThatRunsAndWorkersThatHaveEnded() {
    // Given
    CLUSTER.apply(RUN);

    // When
    CLUSTER.awaitFinished(RUN, TIMEOUT);

    // Then
    await("the workers' end")
        .atMost(KEPT.dividedBy(2))
        .until(() -> CLUSTER.pods(RUN, Labels.WORKER).stream().allMatch(CleanUpE2E::hasEnded));
    assertThat(CLUSTER.pods(RUN, Labels.WORKER)).hasSize(2);
    assertThat(CLUSTER.pods(RUN, Labels.SERVER))
        .singleElement()
        .matches(pod -> "Running".equals(pod.getStatus().getPhase()));
  }

  private static boolean hasEnded(Pod pod) {
    return "Succeeded".equals(pod.getStatus().getPhase());
  }
}

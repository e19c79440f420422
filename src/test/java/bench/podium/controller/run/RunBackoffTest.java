package bench.podium.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.controller.cluster.EventWriter;
import bench.podium.controller.cluster.StatusWriter;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.lifecycle.ProgressTracking;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RecordedSteps;
import bench.podium.domain.plan.RunPlan;
import bench.podium.resources.EventResources;
import bench.podium.status.StatusFactory;
import bench.podium.testing.MovableClock;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunBackoffTest {

  private static final RunPlan PLAN = PlanFixture.plan();

  /** A client that is not used. */
  private final KubernetesClient client =
      new KubernetesClientBuilder().withHttpClientFactory(new OkHttpClientFactory()).build();

  private final MovableClock clock = new MovableClock(PlanFixture.START);
  private final RunBackoff backoff =
      new RunBackoff(
          new StatusWriter(client, new StatusFactory(clock)),
          new EventWriter(event -> {}, new EventResources(Optional.empty()), clock),
          clock);

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void countsOnlyTheFirstRejectionOfARowAsProgress() {
    // Given
    Problem quota = new Problem(Problem.Kind.FORBIDDEN, "exceeded quota");
    ProgressTracking admitted = backoff.tracking(PLAN);
    clock.pass(Duration.ofMinutes(5));

    // When
    backoff.recordRejection(PLAN, RecordedSteps.of(List.of()));
    ProgressTracking first = backoff.tracking(PLAN);
    clock.pass(Duration.ofSeconds(2));
    backoff.recordRejection(
        PLAN, new RecordedSteps(List.of(), Optional.empty(), Optional.of(quota)));
    ProgressTracking next = backoff.tracking(PLAN);

    // Then
    assertThat(admitted.lastProgressAt()).isEqualTo(PlanFixture.START);
    assertThat(first.lastProgressAt()).isEqualTo(PlanFixture.START.plusSeconds(300));
    assertThat(next.lastProgressAt()).isEqualTo(first.lastProgressAt());
  }
}

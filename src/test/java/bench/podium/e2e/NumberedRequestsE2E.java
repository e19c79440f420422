package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.testing.LoadAudit;
import bench.podium.testing.RealCluster;
import bench.podium.testing.StoredStep;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each number is sent once in a run, and the results list the requests sent by attempt. */
class NumberedRequestsE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  private static final String RUN = "numbered";
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  @Test
  void recordsADiscardedAttemptAndDoesNotReuseItsNumbers() {
    CLUSTER.remove(RUN);
    try (LoadAudit audit = CLUSTER.audit(RUN)) {
      // Given
      CLUSTER.apply(RUN);
      StepFault.WORKER_DELETED_IN_MID_STEP.inject(CLUSTER, RUN);

      // When
      BenchmarkRun run = CLUSTER.awaitFinished(RUN, TIMEOUT);

      // Then
      assertThat(run.getStatus().results()).hasSize(2).allMatch(row -> row.requests() > 0);
      audit.assertEachRequestArrivedOnce(run);
      assertThat(attempts(0))
          .anySatisfy(
              attempt -> {
                assertThat(attempt.get("outcome").asText()).isEqualTo("Discarded");
                assertThat(attempt.get("reason").asText()).contains("lost in mid-step");
              });
      assertAccountedFor(run, audit, 0);
      assertAccountedFor(run, audit, 1);
    }
  }

  private static List<JsonNode> attempts(int step) {
    return StoredStep.read(CLUSTER.client(), RealCluster.NAMESPACE, RUN, step).attempts();
  }

  /**
   * On a busy machine an attempt may be aborted after a worker has started, so it may be aborted or
   * discarded.
   */
  private static void assertAccountedFor(BenchmarkRun run, LoadAudit audit, int step) {
    List<JsonNode> attempts = attempts(step);
    assertThat(attempts.subList(0, attempts.size() - 1))
        .allSatisfy(
            attempt -> assertThat(attempt.get("outcome").asText()).isIn("Aborted", "Discarded"));
    assertThat(attempts.getLast().get("outcome").asText()).isEqualTo("Recorded");
    assertThat(attempts)
        .filteredOn(attempt -> attempt.has("sent"))
        .allSatisfy(
            attempt ->
                assertThat(attempt.get("sent").asLong())
                    .isEqualTo(audit.sentIn(run, step, attempt.get("attempt").asInt())));
    assertThat(attempts.getLast().get("sent").asLong()).isPositive();
  }
}

package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.testing.RealCluster;
import bench.podium.testing.RunWitness;
import bench.podium.testing.StoredStep;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No number is sent twice in a run, and whatever was sent is in the results by attempt. */
class NumberedRequestsE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  private static final String RUN = "numbered";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void aDiscardedAttemptIsAccountedForAndItsNumbersAreNotSentAgain() {
    CLUSTER.remove(RUN);
    try (RunWitness witness = CLUSTER.witness(RUN)) {
      // Given
      CLUSTER.apply(RUN);
      Mishap.LOAD_POD_LOST_IN_MID_STEP.befall(CLUSTER, RUN);

      // When
      BenchmarkRun run = CLUSTER.awaitFinished(RUN, PATIENCE);

      // Then
      assertThat(run.getStatus().results()).hasSize(2).allMatch(row -> row.requests() > 0);
      witness.assertEachRequestArrivedOnce(run);
      assertAttempts(run, witness, 0, "Discarded", "Recorded");
      assertAttempts(run, witness, 1, "Recorded");
    }
  }

  /** An attempt that was called off on a busy machine may stand among them. */
  private static void assertAttempts(
      BenchmarkRun run, RunWitness witness, int step, String... outcomes) {
    List<JsonNode> attempts =
        StoredStep.read(CLUSTER.client(), RealCluster.NAMESPACE, RUN, step).attempts();
    assertThat(attempts)
        .extracting(attempt -> attempt.get("outcome").asText())
        .filteredOn(outcome -> !outcome.equals("Aborted"))
        .containsExactly(outcomes);
    assertThat(attempts)
        .filteredOn(attempt -> attempt.has("sent"))
        .allSatisfy(
            attempt ->
                assertThat(attempt.get("sent").asLong())
                    .isEqualTo(witness.sentIn(run, step, attempt.get("attempt").asInt())));
    assertThat(attempts.getLast().get("sent").asLong()).isPositive();
  }
}

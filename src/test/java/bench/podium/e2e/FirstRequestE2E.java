package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.resources.Labels;
import bench.podium.testing.RealCluster;
import bench.podium.testing.StoredStep;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Compares the first requests reported by the workers with the arrivals recorded by the target. */
class FirstRequestE2E {

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster();

  private static final long BEFORE_MICROS = 100;
  private static final long AFTER_MICROS = 50_000;

  @Test
  void reportsTheFirstRequestsThatArrived() throws IOException {
    // Given
    CLUSTER.apply("arrivals");

    // When
    CLUSTER.awaitFinished("arrivals", Duration.ofMinutes(2));

    // Then
    StoredStep step = StoredStep.read(CLUSTER.client(), RealCluster.NAMESPACE, "arrivals", 0);
    List<Long> reported =
        step.workers().stream()
            .map(worker -> worker.get("measurement").get("firstRequest").asLong())
            .sorted()
            .toList();
    long t0Micros = ChronoUnit.MICROS.between(Instant.EPOCH, step.t0());
    // Earlier arrivals are of an aborted attempt, for which some workers had started.
    List<Long> arrived = arrivals().stream().filter(micros -> micros >= t0Micros).toList();
    assertThat(reported).hasSize(4);
    assertThat(arrived).as("one first arrival for each worker").hasSize(4);
    for (int i = 0; i < reported.size(); i++) {
      // On a busy machine the target may handle a request late, but never before it was sent.
      assertThat(arrived.get(i) - reported.get(i)).isBetween(-BEFORE_MICROS, AFTER_MICROS);
    }
  }

  private static List<Long> arrivals() throws IOException {
    Pod target = CLUSTER.pods("arrivals", Labels.ROLE_TARGET).getFirst();
    try (LocalPortForward forward =
        CLUSTER
            .client()
            .pods()
            .inNamespace(RealCluster.NAMESPACE)
            .withName(target.getMetadata().getName())
            .portForward(8080)) {
      URI uri = URI.create("http://127.0.0.1:" + forward.getLocalPort() + "/debug/arrivals");
      List<Long> micros = new ArrayList<>();
      try (InputStream answer = uri.toURL().openStream()) {
        for (JsonNode arrival : new ObjectMapper().readTree(answer).get("arrivals")) {
          micros.add(arrival.get("unixNanos").asLong() / 1000);
        }
      }
      return micros.stream().sorted().toList();
    }
  }
}

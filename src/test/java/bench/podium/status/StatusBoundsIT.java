package bench.podium.status;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.BenchmarkRunStatus;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real API server accepts every status and returns it unchanged. */
@ExtendWith(ApiServer.class)
class StatusBoundsIT {

  private static final int TRIES = 60;

  private static BenchmarkRun run;

  private final StatusFactory factory =
      new StatusFactory(Clock.fixed(PlanFixture.START, ZoneOffset.UTC));

  @BeforeAll
  static void createRun() throws IOException {
    ApiServer.install(
        Serialization.unmarshal(
            Files.readString(Path.of("crds/benchmarkruns.podium.bench-v1.yml")),
            CustomResourceDefinition.class));
    BenchmarkRun smallest =
        Serialization.unmarshal(
            Files.readString(Path.of("src/test/resources/golden/smallest/in-run.yaml")),
            BenchmarkRun.class);
    smallest.getMetadata().setUid(null);
    smallest.getMetadata().setNamespace(ApiServer.namespace());
    run = ApiServer.client().resource(smallest).create();
  }

  static LongStream seeds() {
    return LongStream.range(0, TRIES);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isAcceptedByTheApiServer(long seed) {
    // Given
    BenchmarkRunStatus status =
        factory.status(Optional.empty(), new AnyRunSnapshot(new Random(seed)).snapshot());
    run.setStatus(status);

    // When
    run = ApiServer.client().resource(run).updateStatus();

    // Then
    assertThat(run.getStatus()).usingRecursiveComparison().isEqualTo(status);
  }
}

package bench.podium.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Phase;
import bench.podium.controller.run.StoredRuns;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.status.RunSnapshot;
import bench.podium.status.StatusFactory;
import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Status writes on a real API server. */
@ExtendWith(ApiServer.class)
class StatusWriterIT {

  private final StoredRuns runs = new StoredRuns();
  private final StatusWriter writer =
      new StatusWriter(
          ApiServer.client(), new StatusFactory(Clock.fixed(PlanFixture.START, ZoneOffset.UTC)));

  @Test
  void returnsTheRunAsStored() {
    // Given
    BenchmarkRun live = runs.create("shop");

    // When
    BenchmarkRun written = writer.write(live, queued(live, 1));

    // Then
    assertThat(written.getStatus()).isEqualTo(runs.read("shop").getStatus());
    assertThat(written.getStatus().phase()).isEqualTo(Phase.QUEUED);
    assertThat(version(written)).isEqualTo(version(runs.read("shop"))).isNotEqualTo(version(live));
  }

  @Test
  void rejectsAWriteBasedOnAnOutdatedRun() {
    // Given
    BenchmarkRun old = runs.create("shop");
    BenchmarkRun current = writer.write(old, queued(old, 1));

    // When
    KubernetesClientException refusal =
        catchThrowableOfType(
            KubernetesClientException.class, () -> writer.write(old, queued(old, 2)));

    // Then
    assertThat(refusal.getCode()).isEqualTo(HttpURLConnection.HTTP_CONFLICT);
    assertThat(runs.read("shop").getStatus()).isEqualTo(current.getStatus());
  }

  @Test
  void skipsTheWriteOfAnUnchangedStatus() {
    // Given
    BenchmarkRun created = runs.create("shop");
    writer.write(created, queued(created, 1));
    BenchmarkRun live = runs.read("shop");

    // When
    BenchmarkRun written = writer.write(live, queued(live, 1));

    // Then
    assertThat(written).isSameAs(live);
    assertThat(version(runs.read("shop"))).isEqualTo(version(live));
  }

  @Test
  void rejectsAWriteToARecreatedRun() {
    // Given
    BenchmarkRun before = runs.create("shop");
    ApiServer.client().resource(before).delete();
    BenchmarkRun recreated = runs.create("shop");

    // When
    KubernetesClientException refusal =
        catchThrowableOfType(
            KubernetesClientException.class, () -> writer.write(before, queued(before, 1)));

    // Then
    assertThat(refusal.getCode()).isEqualTo(HttpURLConnection.HTTP_CONFLICT);
    assertThat(version(runs.read("shop"))).isEqualTo(version(recreated));
  }

  @Test
  void keepsLabelsAndAnnotations() {
    // Given
    BenchmarkRun created = runs.create("shop");
    created.getMetadata().setLabels(Map.of("team", "shop"));
    created.getMetadata().setAnnotations(Map.of("note", "nightly"));
    BenchmarkRun live = ApiServer.client().resource(created).update();

    // When
    writer.write(live, queued(live, 1));

    // Then
    BenchmarkRun stored = runs.read("shop");
    assertThat(stored.getMetadata().getLabels()).containsEntry("team", "shop");
    assertThat(stored.getMetadata().getAnnotations()).containsEntry("note", "nightly");
    assertThat(stored.getSpec()).isEqualTo(live.getSpec());
  }

  @Test
  void returnsEmptyForADeletedRun() {
    // Given
    BenchmarkRun run = runs.create("shop");
    ApiServer.client().resource(run).delete();

    // When
    var found = writer.read(runs.namespace(), "shop");

    // Then
    assertThat(found).isEmpty();
  }

  private static RunSnapshot queued(BenchmarkRun run, int position) {
    return new RunSnapshot(
        run.getMetadata().getGeneration(),
        new RunSnapshot.Phase.Queued(StoredRuns.plan(run), position, "bench/other"));
  }

  private static String version(BenchmarkRun run) {
    return run.getMetadata().getResourceVersion();
  }
}

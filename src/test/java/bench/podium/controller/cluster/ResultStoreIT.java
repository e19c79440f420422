package bench.podium.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bench.podium.controller.cluster.ResultStore.Recorded;
import bench.podium.controller.run.RacingClient;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.observation.RecordedSteps;
import bench.podium.domain.plan.RunPlan;
import bench.podium.resources.ResultResources;
import bench.podium.results.ResultCodec.Part;
import bench.podium.results.StepData;
import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A step counts once, from the moment at which its entry exists, on a real API server. */
@ExtendWith(ApiServer.class)
class ResultStoreIT {

  private final KubernetesClient client = ApiServer.client();
  private final StoredResults results = new StoredResults();
  private final ResultStore store = results.store(client);
  private final RunPlan plan = results.plan();

  @Test
  void startsWithoutRecordedSteps() {
    // When
    Recorded recorded = store.read(plan);

    // Then
    assertThat(recorded).isEqualTo(new Recorded(Optional.empty(), RecordedSteps.of(List.of())));
  }

  @Test
  void readsRecordedStepsAndTheirIndex() {
    // Given
    Row first = StoredResults.row(0, 1_000);
    Row second = StoredResults.row(1, 2_000);

    // When: out of order
    store.record(plan, results.data(second));
    store.record(plan, results.data(first));

    // Then
    Recorded recorded = store.read(plan);
    assertThat(recorded.steps().rows()).containsExactly(first, second);
    assertThat(recorded.index())
        .hasValueSatisfying(
            index -> assertThat(index.uid()).isEqualTo(results.index().getMetadata().getUid()));
  }

  @Test
  void ignoresPartsWithoutAnEntry() {
    // Given
    createParts(results.data(StoredResults.row(0, 1_000)));

    // When
    Recorded recorded = store.read(plan);

    // Then
    assertThat(recorded.steps().rows()).isEmpty();
  }

  @Test
  void completesAPartiallyWrittenStepWithTheSameData() {
    // Given
    StepData data = results.data(StoredResults.row(0, 1_000));
    createParts(data);

    // When
    store.record(plan, data);

    // Then
    assertThat(store.read(plan).steps().rows()).containsExactly(data.row());
    assertThat(parts()).hasSize(StoredResults.CODEC.parts(data).size());
  }

  @Test
  void keepsTheFirstOfTwoEntriesOfAStep() {
    // Given
    Row first = StoredResults.row(0, 1_000);
    store.record(plan, results.data(first));
    String version = results.index().getMetadata().getResourceVersion();

    // When
    store.record(plan, results.data(StoredResults.row(0, 2_000)));

    // Then
    assertThat(store.read(plan).steps().rows()).containsExactly(first);
    assertThat(results.index().getMetadata().getResourceVersion()).isEqualTo(version);
  }

  @Test
  void rejectsAWriteBasedOnAnOutdatedIndex() {
    // Given: another operator commits the step between this one's read and its write
    Row others = StoredResults.row(0, 1_000);
    store.recordWithoutData(plan, StoredResults.row(1, 500));
    try (KubernetesClient slow =
        RacingClient.beforeFirst("PUT", () -> store.recordWithoutData(plan, others))) {
      ResultStore late = results.store(slow);

      // When
      KubernetesClientException refusal =
          catchThrowableOfType(
              KubernetesClientException.class,
              () -> late.recordWithoutData(plan, StoredResults.row(0, 9_000)));

      // Then
      assertThat(refusal.getCode()).isEqualTo(HttpURLConnection.HTTP_CONFLICT);
    }
    assertThat(store.read(plan).steps().rows()).containsExactly(others, StoredResults.row(1, 500));
  }

  @Test
  void storesDataThatExceedsOneObjectCompletely() {
    // Given: 60 workers whose output does not get smaller
    StepData large =
        results.data(
            StoredResults.row(0, 1_000),
            IntStream.range(0, 60)
                .mapToObj(worker -> StoredResults.report(worker, noise(worker)))
                .toList());

    // When
    store.record(plan, large);

    // Then
    List<String> expected = StoredResults.CODEC.parts(large).stream().map(Part::base64).toList();
    assertThat(expected).hasSizeGreaterThan(1);
    assertThat(
            StoredResults.CODEC
                .entry(results.index().getData().get(ResultResources.entryKey(0)))
                .parts()
                .stream()
                .map(name -> results.configMap(name).getBinaryData().get(ResultResources.PART_KEY)))
        .containsExactlyElementsOf(expected);
  }

  private void createParts(StepData data) {
    ResultResources resources = new ResultResources(plan);
    StoredResults.CODEC
        .parts(data)
        .forEach(part -> client.resource(resources.part(part.sha256(), part.base64())).create());
  }

  private List<ConfigMap> parts() {
    return client.configMaps().inNamespace(results.namespace()).list().getItems().stream()
        .filter(map -> map.getMetadata().getName().startsWith("shop-p-"))
        .toList();
  }

  private static String noise(int seed) {
    byte[] bytes = new byte[48 * 1024];
    new Random(seed).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}

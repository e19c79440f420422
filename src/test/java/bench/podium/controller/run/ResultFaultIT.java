package bench.podium.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.controller.cluster.ResultStore;
import bench.podium.controller.cluster.StoredResults;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RecordedSteps;
import bench.podium.domain.plan.RunPlan;
import bench.podium.results.StepData;
import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Results that were changed or may not be written, on a real API server. */
@ExtendWith(ApiServer.class)
class ResultFaultIT {

  private final KubernetesClient client = ApiServer.client();
  private final StoredResults results = new StoredResults();
  private final ResultStore store = results.store(client);
  private final RunPlan plan = results.plan();

  @Test
  void neitherReadsNorWritesTheIndexOfAnotherOwner() {
    // Given
    ConfigMap foreign =
        client
            .resource(
                new ConfigMapBuilder()
                    .withNewMetadata()
                    .withNamespace(results.namespace())
                    .withName("shop-index")
                    .endMetadata()
                    .withData(Map.of("step-0000", "no entry"))
                    .build())
            .create();

    // When / Then
    assertThat(store.read(plan).steps().rows()).isEmpty();
    assertThat(store.recordWithoutData(plan, StoredResults.row(0, 1_000)))
        .hasValueSatisfying(
            why ->
                assertThat(why.message()).contains("ConfigMap shop-index", "delete that object"));
    assertThat(results.index()).isEqualTo(foreign);
  }

  @Test
  void namesAChangedEntryAndReadsTheOthers() {
    // Given
    store.recordWithoutData(plan, StoredResults.row(0, 1_000));
    store.recordWithoutData(plan, StoredResults.row(1, 2_000));
    edit("step-0000", "{\"row\": 7}");
    edit("note", "seen by Ann");

    // When
    RecordedSteps steps = store.read(plan).steps();

    // Then
    assertThat(steps.rows()).containsExactly(StoredResults.row(1, 2_000));
    assertThat(steps.unreadable())
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .contains("entry step-0000 of ConfigMap shop-index", "create the run again"));
  }

  @Test
  void rejectsAnEntryOfAnotherStep() {
    // Given
    store.recordWithoutData(plan, StoredResults.row(0, 1_000));
    edit("step-0001", results.index().getData().get("step-0000"));

    // When
    RecordedSteps steps = store.read(plan).steps();

    // Then
    assertThat(steps.rows()).containsExactly(StoredResults.row(0, 1_000));
    assertThat(steps.unreadable())
        .hasValueSatisfying(why -> assertThat(why).contains("step-0001", "it is of step 0"));
  }

  @Test
  void reportsTheQuotasMessageUntilItAdmitsTheResults() {
    // Given
    Quota quota = Quota.ofConfigMaps(results.namespace(), 0);
    StepData data = results.data(StoredResults.row(0, 1_000));

    // When
    Optional<Problem> refusal = store.record(plan, data);

    // Then
    assertThat(refusal)
        .hasValueSatisfying(why -> assertThat(why.message()).contains("exceeded quota: few"));
    assertThat(store.read(plan).steps().unwritten()).isEqualTo(refusal);
    quota.lift();
    assertThat(store.record(plan, data)).isEmpty();
    assertThat(store.read(plan).steps()).isEqualTo(RecordedSteps.of(List.of(data.row())));
  }

  private void edit(String key, String text) {
    client.resource(new ConfigMapBuilder(results.index()).addToData(key, text).build()).update();
  }
}

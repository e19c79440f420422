package bench.podium.controller;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.JudgeFixture;
import bench.podium.domain.judge.Row;
import bench.podium.domain.lifecycle.RecordedSteps;
import bench.podium.domain.lifecycle.Trouble;
import bench.podium.domain.measure.MeasurementFixture;
import bench.podium.domain.plan.RunPlan;
import bench.podium.results.ResultCodec;
import bench.podium.results.StepData;
import bench.podium.testing.ApiServer;
import bench.podium.wire.WireCodec;
import bench.podium.wire.WorkerReport;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Results that somebody has changed, or that may not be written, on a real API server. */
@ExtendWith(ApiServer.class)
class ResultFaultIT {

  private final KubernetesClient client = ApiServer.client();
  private final ResultCodec codec = new ResultCodec(new WireCodec());
  private final StoredRuns runs = new StoredRuns();
  private final ResultStore store = store(client);
  private RunPlan plan;

  @BeforeEach
  void createRun() {
    plan = StoredRuns.plan(runs.create("shop"));
  }

  @Test
  void anIndexOfAnotherIsNeitherReadNorWritten() {
    // Given
    ConfigMap foreign =
        client
            .resource(
                new ConfigMapBuilder()
                    .withNewMetadata()
                    .withNamespace(runs.namespace())
                    .withName("shop-index")
                    .endMetadata()
                    .withData(Map.of("step-0000", "no entry"))
                    .build())
            .create();

    // When / Then
    assertThat(store.read(plan).steps().rows()).isEmpty();
    assertThat(store.recordWithoutData(plan, row(0, 1_000)))
        .hasValueSatisfying(
            why -> assertThat(why.message()).contains("ConfigMap shop-index", "delete it"));
    assertThat(index()).isEqualTo(foreign);
  }

  @Test
  void anEntryThatWasChangedIsNamedAndTheOthersAreRead() {
    // Given
    store.recordWithoutData(plan, row(0, 1_000));
    store.recordWithoutData(plan, row(1, 2_000));
    edit("step-0000", "{\"row\": 7}");
    edit("note", "seen by Ann");

    // When
    RecordedSteps steps = store.read(plan).steps();

    // Then
    assertThat(steps.rows()).containsExactly(row(1, 2_000));
    assertThat(steps.unreadable())
        .hasValueSatisfying(
            why -> assertThat(why).contains("entry step-0000 of ConfigMap shop-index", "anew"));
  }

  @Test
  void anEntryOfAnotherStepIsNotTakenForThisOnes() {
    // Given
    store.recordWithoutData(plan, row(0, 1_000));
    edit("step-0001", index().getData().get("step-0000"));

    // When
    RecordedSteps steps = store.read(plan).steps();

    // Then
    assertThat(steps.rows()).containsExactly(row(0, 1_000));
    assertThat(steps.unreadable())
        .hasValueSatisfying(why -> assertThat(why).contains("step-0001", "it is of step 0"));
  }

  @Test
  void aQuotaThatRefusesResultsIsToldInItsWordsUntilItLetsThemThrough() {
    // Given
    Quota quota = Quota.ofConfigMaps(runs.namespace(), 0);
    StepData data = data(row(0, 1_000));

    // When
    Optional<Trouble> refusal = store.record(plan, data);

    // Then
    assertThat(refusal)
        .hasValueSatisfying(why -> assertThat(why.message()).contains("exceeded quota: few"));
    assertThat(store.read(plan).steps().unwritten()).isEqualTo(refusal);
    quota.lift();
    assertThat(store.record(plan, data)).isEmpty();
    assertThat(store.read(plan).steps()).isEqualTo(RecordedSteps.of(List.of(data.row())));
  }

  private void edit(String key, String text) {
    client.resource(new ConfigMapBuilder(index()).addToData(key, text).build()).update();
  }

  private ResultStore store(KubernetesClient through) {
    return new ResultStore(
        through,
        new FencedActs(through),
        codec,
        new Failpoints(Optional.empty(), Path.of("target")));
  }

  private ConfigMap index() {
    return configMap("shop-index");
  }

  private ConfigMap configMap(String name) {
    return client.configMaps().inNamespace(runs.namespace()).withName(name).require();
  }

  private static Row row(int step, long throughput) {
    return JudgeFixture.row(
        step, step == 0 ? "gin" : "chi", "low", JudgeFixture.figures(throughput, 1_000, 0));
  }

  private StepData data(Row row) {
    return new StepData(
        plan.run().uid(), 1, 0, row, List.of(report(0, "printed"), report(1, "printed")));
  }

  private static WorkerReport report(int worker, String output) {
    return new WorkerReport(0, 1, 10, 14, MeasurementFixture.sound(worker), output);
  }
}

package bench.podium.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class RunSummaryTest {

  private static final String RUN =
      """
      apiVersion: podium.bench/v1alpha1
      kind: BenchmarkRun
      metadata:
        name: shop
        namespace: bench
        uid: uid-1
        resourceVersion: "7"
        generation: 3
        creationTimestamp: "2026-01-01T00:00:00Z"
        labels: {team: web}
        annotations: {kubectl.kubernetes.io/last-applied-configuration: "much"}
        managedFields: [{manager: kubectl}]
      spec:
        targets: [{name: gin, deploy: {image: example/gin:1}}]
        workload: {requests: [{name: read, path: /}]}
        load: {stages: [{name: low, connections: 8, duration: 10s}]}
        suspend: true
      status:
        observedGeneration: 3
        phase: Queued
        startTime: "2026-01-01T00:00:01Z"
        progress: {step: 2, suspension: {since: "2026-01-01T00:00:20Z"}}
        conditions:
        - {type: Accepted, status: "True", reason: Valid, message: "", lastTransitionTime: "2026-01-01T00:00:01Z"}
        - {type: Admitted, status: "False", reason: Queued, message: second, lastTransitionTime: "2026-01-01T00:00:01Z"}
        results: [{target: gin, stage: low, verdict: Passed}]
      """;

  @Test
  void isEqualWhetherParsedOrMadeFromAWholeRun() {
    // Given
    BenchmarkRun whole = Serialization.unmarshal(RUN, BenchmarkRun.class);

    // When
    RunSummary read = Serialization.unmarshal(RUN, RunSummary.class);

    // Then
    assertThat(read).isEqualTo(RunSummary.of(whole));
    assertThat(read.getSpec().suspend()).isTrue();
    assertThat(read.getSpec().cleanup().pods()).isEqualTo(PodCleanup.ON_SUCCESS);
    assertThat(read.getStatus().progress().suspension().since()).isEqualTo("2026-01-01T00:00:20Z");
    assertThat(read.admission()).isEqualTo("second");
    assertThat(read.hasCurrentStatus()).isTrue();
  }

  @Test
  void dropsAllOtherFields() {
    // When
    RunSummary read = Serialization.unmarshal(RUN, RunSummary.class);

    // Then
    assertThat(Serialization.asJson(read))
        .doesNotContain("gin", "managedFields", "annotations", "labels", "Accepted");
  }

  @Test
  void isClonedByTheSerialization() {
    // Given
    RunSummary read = Serialization.unmarshal(RUN, RunSummary.class);

    // When
    RunSummary copy = new KubernetesSerialization().clone(read);

    // Then
    assertThat(copy).isEqualTo(read);
  }
}

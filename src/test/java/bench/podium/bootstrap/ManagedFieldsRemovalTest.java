package bench.podium.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class ManagedFieldsRemovalTest {

  @Test
  void ignoresManagedFields() {
    // Given
    ObjectMapper mapper = new ObjectMapper();
    new ManagedFieldsRemoval().customize(mapper);
    KubernetesSerialization serialization = new KubernetesSerialization(mapper, true);

    // When
    Pod pod =
        serialization.unmarshal(
            """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "labels": {"b": "c"},
             "managedFields": [{"manager": "kubelet", "fieldsV1": {"f:status": {}}}]}}
            """,
            Pod.class);

    // Then
    assertThat(pod.getMetadata().getManagedFields()).isEmpty();
    assertThat(pod.getMetadata().getAdditionalProperties()).isEmpty();
    assertThat(pod.getMetadata().getLabels()).containsEntry("b", "c");
  }
}

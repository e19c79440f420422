package bench.podium.planning;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRunSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiteralValuesTest {

  @Test
  void containsAllEnvironmentVariablesAndHeaders() {
    // Given
    BenchmarkRunSpec spec =
        Serialization.unmarshal(
            """
            targets:
            - {name: gin, deploy: {image: a, env: [{name: KEY, value: one}, {name: EMPTY}]}}
            - {name: chi, deploy: {image: a, env: [{name: KEY, value: two}, {name: MORE, value: one}]}}
            workload:
              requests:
              - {name: read, path: /, headers: [{name: Authorization, value: Bearer three}]}
              - {name: list, path: /}
            load: {stages: [{name: low, connections: 8, duration: 10s}]}
            """,
            BenchmarkRunSpec.class);

    // When
    List<String> values = LiteralValues.of(spec);

    // Then
    assertThat(values).containsExactly("one", "", "two", "Bearer three");
  }
}

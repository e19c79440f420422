package bench.podium.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {

  @ParameterizedTest
  @CsvSource({
    "worker, Job, shop-load-g2, true, true",
    "load, Job, shop-load-g2, true, true",
    "worker, Job, shop-load-g2, false, false",
    "worker, Job, shop-load-g1, true, false",
    "worker, Job, shop-load-g23, true, false",
    "worker, ReplicaSet, shop-load-g2, true, false",
    "target, ReplicaSet, shop-gin-5d4f7c9b8, true, true",
    "target, ReplicaSet, shop-gin-5d4f7c9b8, false, false",
    "target, ReplicaSet, shop-chi-5d4f7c9b8, true, false",
    "target, ReplicaSet, shop-gin-x-5d4f7c9b8, true, false",
    "target, Job, shop-gin, true, false",
    "data, Job, shop-load-g2, true, false",
  })
  void acceptsOnlyPodsControlledByTheObjectOfTheirLabels(
      String role, String kind, String owner, boolean controller, boolean expected) {
    // Given
    Pod pod =
        Serialization.unmarshal(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: pod
              labels:
                podium.bench/run: shop
                podium.bench/role: %s
                podium.bench/generation: "2"
                podium.bench/target: gin
              ownerReferences: [{kind: %s, name: %s, controller: %s}]
            """
                .formatted(role, kind, owner, controller),
            Pod.class);

    // When
    boolean ours = Origin.isOfItsRun(pod);

    // Then
    assertThat(ours).isEqualTo(expected);
  }
}

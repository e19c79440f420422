package bench.podium.resources;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.PlanFixture;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResultResourcesTest {

  private final ResultResources resources = new ResultResources(PlanFixture.plan());

  @Test
  void buildsAnImmutablePartNamedByItsContent() {
    // Given
    String sha256 = "0123456789abcdef".repeat(4);

    // When
    ConfigMap part = resources.part(sha256, "AAAA");

    // Then
    assertThat(part.getMetadata().getName()).isEqualTo("shop-p-0123456789abcdef");
    assertThat(part.getImmutable()).isTrue();
    assertThat(part.getBinaryData()).containsEntry(ResultResources.PART_KEY, "AAAA");
    assertThat(part.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getUid()).isEqualTo("uid-1"));
  }

  @Test
  void buildsAMutableIndex() {
    // Given
    ConfigMap index = resources.emptyIndex();

    // When
    Boolean immutable = index.getImmutable();

    // Then
    assertThat(immutable).isNull();
    assertThat(index.getMetadata().getName()).isEqualTo("shop-index");
  }

  @Test
  void sortsEntriesByStep() {
    // Given
    IntStream steps = IntStream.rangeClosed(0, 120);

    // When
    var keys = steps.mapToObj(ResultResources::entryKey).toList();

    // Then
    assertThat(keys).isSorted().doesNotHaveDuplicates();
  }
}

package bench.podium.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.RunSummary;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SlotHoldersTest {

  private final List<String> deleted = new ArrayList<>();
  private final SlotHolders slotHolders = new SlotHolders(deleted::add);

  @Test
  void dropsAHolderThatWasDeleted() {
    // Given
    slotHolders.add("deleted");
    slotHolders.add("fails");

    // When
    boolean other =
        slotHolders.isHeldByAnother("fails", () -> Stream.of(run("fails"), run("waits")));

    // Then
    assertThat(other).isFalse();
    assertThat(deleted).containsExactly("deleted");
    assertThat(slotHolders.contains("deleted")).isFalse();
    assertThat(slotHolders.contains("fails")).isTrue();
  }

  @Test
  void reportsAnotherExistingHolder() {
    // Given
    slotHolders.add("goes-on");

    // When
    boolean other =
        slotHolders.isHeldByAnother("fails", () -> Stream.of(run("fails"), run("goes-on")));

    // Then
    assertThat(other).isTrue();
    assertThat(deleted).isEmpty();
    assertThat(slotHolders.contains("goes-on")).isTrue();
  }

  @Test
  void listsTheRunsOnlyIfThereIsAnotherHolder() {
    // Given
    AtomicInteger listed = new AtomicInteger();
    slotHolders.add("fails");

    // When
    boolean other =
        slotHolders.isHeldByAnother(
            "fails",
            () -> {
              listed.incrementAndGet();
              return Stream.of(run("fails"));
            });

    // Then
    assertThat(other).isFalse();
    assertThat(listed).hasValue(0);
  }

  private static RunSummary run(String uid) {
    RunSummary run = new RunSummary();
    run.setMetadata(new ObjectMetaBuilder().withName(uid).withUid(uid).build());
    return run;
  }
}

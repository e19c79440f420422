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

  private final List<String> gone = new ArrayList<>();
  private final SlotHolders led = new SlotHolders(gone::add);

  @Test
  void aRunThatWasDeletedWhileItWasLedIsNoOtherForEver() {
    // Given
    led.add("deleted");
    led.add("fails");

    // When
    boolean other = led.isOther("fails", () -> Stream.of(run("fails"), run("waits")));

    // Then
    assertThat(other).isFalse();
    assertThat(gone).containsExactly("deleted");
    assertThat(led.contains("deleted")).isFalse();
    assertThat(led.contains("fails")).isTrue();
  }

  @Test
  void aRunThatIsThereAndLedIsAnother() {
    // Given
    led.add("goes-on");

    // When
    boolean other = led.isOther("fails", () -> Stream.of(run("fails"), run("goes-on")));

    // Then
    assertThat(other).isTrue();
    assertThat(gone).isEmpty();
    assertThat(led.contains("goes-on")).isTrue();
  }

  @Test
  void theRunsAreListedOnlyWhereAnotherIsLed() {
    // Given
    AtomicInteger listed = new AtomicInteger();
    led.add("fails");

    // When
    boolean other =
        led.isOther(
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

package bench.podium.resources;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.plan.RunIdentity;
import bench.podium.events.EventReason;
import bench.podium.events.RunEvent;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Only the name of an Event keeps it from being emitted twice. */
class EventNamesTest {

  private static final RunIdentity RUN = new RunIdentity("bench", "shop", "uid-1");

  @Property(tries = 300)
  void dependsOnReasonAndSubjectOnly(
      @ForAll EventReason one,
      @ForAll EventReason other,
      @ForAll @IntRange(max = 3) int about,
      @ForAll @IntRange(max = 3) int aboutOther) {
    // Given
    RunEvent first = event(one, about, "as the first operator puts it");
    RunEvent second = event(other, aboutOther, "as the second operator puts it");

    // When
    boolean sameName = Names.event(RUN, first).equals(Names.event(RUN, second));

    // Then
    assertThat(sameName).isEqualTo(one == other && about == aboutOther);
  }

  @Test
  void dependsOnTheUidOfTheRun() {
    // Given
    RunEvent event = event(EventReason.ADMITTED, 0, "");

    // When
    List<String> names =
        Stream.of("uid-1", "uid-2")
            .map(uid -> Names.event(new RunIdentity("bench", "shop", uid), event))
            .toList();

    // Then
    assertThat(names).doesNotHaveDuplicates();
  }

  @Property
  void isADnsSubdomainForAnySubject(
      @ForAll EventReason reason, @ForAll String about, @ForAll @IntRange(max = 999) int position) {
    // Given
    RunIdentity longest = new RunIdentity("n".repeat(63), "r".repeat(40), "u".repeat(36));

    // When
    String name =
        Names.event(longest, new RunEvent(reason, RunEvent.Kind.NORMAL, position, about, ""));

    // Then
    assertThat(name)
        .hasSizeLessThanOrEqualTo(253)
        .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  }

  private static RunEvent event(EventReason reason, int about, String message) {
    return new RunEvent(reason, RunEvent.Kind.NORMAL, 1, Integer.toString(about), message);
  }
}

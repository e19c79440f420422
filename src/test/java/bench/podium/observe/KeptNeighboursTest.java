package bench.podium.observe;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.ContainerEnd;
import bench.podium.domain.lifecycle.ExitStatus;
import bench.podium.domain.lifecycle.LogEnd;
import bench.podium.domain.lifecycle.TargetObservation;
import bench.podium.domain.lifecycle.TargetObservation.State;
import bench.podium.domain.lifecycle.Trouble;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptNeighboursTest {

  private static final Trouble NO_ROOM =
      new Trouble(Trouble.Kind.UNSCHEDULABLE, "0/1 nodes are available");

  @Test
  void aPodThatFindsNoNodeNamesTheRunsWhosePodsStand() {
    // Given
    KeptNeighbours neighbours = new KeptNeighbours(List.of("bench/first"));

    // When
    TargetObservation named = neighbours.named(starting(NO_ROOM));

    // Then
    assertThat(trouble(named))
        .contains(
            new Trouble(
                Trouble.Kind.UNSCHEDULABLE,
                "pods of bench/first still stand, which its cleanup keeps: 0/1 nodes are"
                    + " available"));
  }

  @Test
  void manyAreCounted() {
    // Given
    KeptNeighbours neighbours =
        new KeptNeighbours(IntStream.range(0, 7).mapToObj(run -> "bench/r" + run).toList());

    // When
    TargetObservation named = neighbours.named(starting(NO_ROOM));

    // Then
    assertThat(trouble(named).orElseThrow().message())
        .startsWith("pods of bench/r0, bench/r1, bench/r2, bench/r3, bench/r4 and 2 more still");
  }

  @Test
  void nothingElseOfATargetIsChanged() {
    // Given: it restarts beside them, and its container's end is known
    TargetObservation starting = starting(NO_ROOM);

    // When
    TargetObservation named = new KeptNeighbours(List.of("bench/first")).named(starting);

    // Then
    assertThat(named).isNotEqualTo(starting);
    assertThat(named.in(starting.state())).isEqualTo(starting);
  }

  @Test
  void anotherTroubleIsNotTheirs() {
    // Given
    TargetObservation pulling =
        starting(new Trouble(Trouble.Kind.IMAGE_PULL_FAILED, "no such image"));

    // When
    TargetObservation named = new KeptNeighbours(List.of("bench/first")).named(pulling);

    // Then
    assertThat(named).isEqualTo(pulling);
  }

  private static Optional<Trouble> trouble(TargetObservation target) {
    return ((State.Starting) target.state()).trouble();
  }

  private static TargetObservation starting(Trouble trouble) {
    return new TargetObservation(
        "gin",
        new State.Starting(Instant.EPOCH, Optional.of(trouble)),
        false,
        0,
        0,
        Optional.of(Instant.EPOCH),
        Set.of("node"),
        List.of(),
        List.of(
            new ContainerEnd(
                "gin-x",
                "target",
                0,
                new ExitStatus(1, "Error"),
                Optional.of(Instant.EPOCH),
                false,
                LogEnd.none())));
  }
}

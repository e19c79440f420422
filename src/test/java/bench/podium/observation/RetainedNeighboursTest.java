package bench.podium.observation;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.observation.ContainerTermination;
import bench.podium.domain.observation.ExitStatus;
import bench.podium.domain.observation.LogEnd;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.TargetObservation.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetainedNeighboursTest {

  private static final Problem NO_ROOM =
      new Problem(Problem.Kind.UNSCHEDULABLE, "0/1 nodes are available");

  @Test
  void namesRunsWithRetainedPodsForAnUnschedulablePod() {
    // Given
    RetainedNeighbours neighbours = new RetainedNeighbours(List.of("bench/first"));

    // When
    TargetObservation named = neighbours.addNeighbours(starting(NO_ROOM));

    // Then
    assertThat(problem(named))
        .contains(
            new Problem(
                Problem.Kind.UNSCHEDULABLE,
                "pods of bench/first still exist, retained by its cleanup: 0/1 nodes are"
                    + " available"));
  }

  @Test
  void countsRunsBeyondTheFirstFive() {
    // Given
    RetainedNeighbours neighbours =
        new RetainedNeighbours(IntStream.range(0, 7).mapToObj(run -> "bench/r" + run).toList());

    // When
    TargetObservation named = neighbours.addNeighbours(starting(NO_ROOM));

    // Then
    assertThat(problem(named).orElseThrow().message())
        .startsWith("pods of bench/r0, bench/r1, bench/r2, bench/r3, bench/r4 and 2 more still");
  }

  @Test
  void leavesOtherFieldsOfATargetUnchanged() {
    // Given: it restarts beside them, and the termination of its container is known
    TargetObservation starting = starting(NO_ROOM);

    // When
    TargetObservation named =
        new RetainedNeighbours(List.of("bench/first")).addNeighbours(starting);

    // Then
    assertThat(named).isNotEqualTo(starting);
    assertThat(named.withState(starting.state())).isEqualTo(starting);
  }

  @Test
  void leavesOtherProblemsUnchanged() {
    // Given
    TargetObservation pulling =
        starting(new Problem(Problem.Kind.IMAGE_PULL_FAILED, "no such image"));

    // When
    TargetObservation named = new RetainedNeighbours(List.of("bench/first")).addNeighbours(pulling);

    // Then
    assertThat(named).isEqualTo(pulling);
  }

  private static Optional<Problem> problem(TargetObservation target) {
    return ((State.Starting) target.state()).problem();
  }

  private static TargetObservation starting(Problem problem) {
    return new TargetObservation(
        "gin",
        new State.Starting(Instant.EPOCH, Optional.of(problem)),
        false,
        0,
        0,
        Optional.of(Instant.EPOCH),
        Set.of("node"),
        List.of(),
        List.of(
            new ContainerTermination(
                "gin-x",
                "target",
                0,
                new ExitStatus(1, "Error"),
                Optional.of(Instant.EPOCH),
                false,
                LogEnd.none())));
  }
}

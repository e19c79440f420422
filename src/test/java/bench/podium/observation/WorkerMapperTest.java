package bench.podium.observation;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkerObservation.State;
import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.plan.AttemptId;
import bench.podium.protocol.Command;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WorkerMapperTest {

  private static final String RUNNING =
      "{phase: Running, containerStatuses: [{name: worker, state: {running: {}}}]}";

  static Stream<Arguments> states() {
    return Stream.of(
        Arguments.of(RUNNING, new State.Running()),
        Arguments.of("{}", new State.Starting(Optional.empty())),
        Arguments.of("null", new State.Starting(Optional.empty())),
        Arguments.of(waiting("ContainerCreating", "null"), new State.Starting(Optional.empty())),
        Arguments.of(
            waiting("ImagePullBackOff", "not found"),
            new State.Starting(
                Optional.of(
                    new Problem(
                        Problem.Kind.IMAGE_PULL_FAILED,
                        "container worker: ImagePullBackOff: not found")))),
        Arguments.of(
            waiting("CreateContainerConfigError", "no such secret"),
            new State.Starting(
                Optional.of(
                    new Problem(
                        Problem.Kind.NOT_READY,
                        "container worker: CreateContainerConfigError: no such secret")))),
        Arguments.of(
            "{phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason:"
                + " Unschedulable, message: 0/1 nodes}]}",
            new State.Starting(Optional.of(new Problem(Problem.Kind.UNSCHEDULABLE, "0/1 nodes")))),
        Arguments.of(
            "{phase: Running, containerStatuses: [{name: worker, restartCount: 0, state: {terminated: {exitCode:"
                + " 1}}}]}",
            new State.Starting(
                Optional.of(
                    new Problem(
                        Problem.Kind.NOT_READY,
                        "container worker: ended with code 1, restarts: 0")))),
        Arguments.of(
            "{phase: Failed, containerStatuses: [{name: worker, state: {terminated: {exitCode: 137,"
                + " reason: OOMKilled}}}]}",
            new State.Lost(
                new Problem(
                    Problem.Kind.OOM_KILLED,
                    "pod load-0 ended with code 137 (SIGKILL, OOMKilled: out of memory)"),
                false)),
        Arguments.of(
            "{phase: Succeeded, containerStatuses: [{name: worker, state: {terminated: {exitCode:"
                + " 0}}}]}",
            new State.Lost(
                new Problem(Problem.Kind.NOT_ARMED, "pod load-0 ended by itself with code 0"),
                false)),
        Arguments.of(
            "{phase: Failed, reason: Evicted}",
            new State.Lost(new Problem(Problem.Kind.NOT_ARMED, "pod load-0 Evicted"), false)));
  }

  private static String waiting(String reason, String message) {
    return "{phase: Pending, containerStatuses: [{name: worker, state: {waiting: {reason: %s,"
            .formatted(reason)
        + " message: %s}}}]}".formatted(message);
  }

  @ParameterizedTest
  @MethodSource("states")
  void mapsTheStateOfAPod(String status, State expected) {
    // Given
    Pod pod = Pods.load(0, status);

    // When
    WorkerObservation observed = read(pod);

    // Then
    assertThat(observed.state()).isEqualTo(expected);
    assertThat(observed.index()).isZero();
  }

  @Test
  void mapsATerminatingPodToLostEvenIfItIsRunning() {
    // Given
    Pod pod = Pods.deleted(Pods.load(0, RUNNING), "2026-01-01T00:00:09Z");

    // When
    WorkerObservation observed = read(pod);

    // Then
    assertThat(observed.state())
        .isEqualTo(
            new State.Lost(new Problem(Problem.Kind.NOT_ARMED, "pod load-0 was deleted"), true));
  }

  @Test
  void mapsAPodDeletedWithoutAStatusToLost() {
    // Given
    Pod pod = Pods.deleted(Pods.load(0, "null"), "2026-01-01T00:00:09Z");

    // When
    WorkerObservation observed = read(pod);

    // Then
    assertThat(observed.state()).isInstanceOf(State.Lost.class);
  }

  @Test
  void readsTheCommandAnnotation() {
    // Given
    Pod pod =
        Pods.annotated(
            Pods.load(3, RUNNING),
            Map.of(
                Command.ANNOTATION,
                Lines.CODEC.encodeCommand(new Command.Repeat(1, 2, 7)),
                Command.RESEND_ANNOTATION,
                "1767225600123"));

    // When
    WorkerObservation observed = read(pod);

    // Then
    assertThat(observed.lastCommand())
        .contains(
            new LastCommand(
                new AttemptId(1, 2),
                LastCommand.Kind.REPEAT,
                7,
                Instant.parse("2026-01-01T00:00:00.123Z")));
  }

  @Test
  void ignoresAnInvalidCommandAnnotation() {
    // Given
    Pod pod =
        Pods.annotated(
            Pods.load(3, RUNNING),
            Map.of(Command.ANNOTATION, "rm -rf", Command.RESEND_ANNOTATION, "x"));

    // When
    WorkerObservation observed = read(pod);

    // Then
    assertThat(observed.lastCommand()).isEmpty();
    assertThat(observed.index()).isEqualTo(-1);
  }

  private static WorkerObservation read(Pod pod) {
    return new WorkerMapper(new LastCommandMapper(Lines.CODEC)).read(pod, WorkerReport.none());
  }
}

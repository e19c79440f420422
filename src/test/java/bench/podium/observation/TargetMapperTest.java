package bench.podium.observation;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.observation.ContainerTermination;
import bench.podium.domain.observation.ExitStatus;
import bench.podium.domain.observation.LogEnd;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.TargetObservation.State;
import bench.podium.resources.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetMapperTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:10:00.500Z");
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final String READY_SINCE_LONG =
      "{readyReplicas: 1, conditions: [{type: Available, status: 'True', lastTransitionTime:"
          + " '2026-01-01T00:00:05Z'}]}";

  private static final ContainerTermination END =
      new ContainerTermination(
          "gin-pod",
          "target",
          0,
          new ExitStatus(139, "Error"),
          Optional.of(CREATED),
          false,
          LogEnd.none());

  private static final Deployment UNAVAILABLE =
      Targets.deployment(
          "{conditions: [{type: Available, status: 'False', lastTransitionTime:"
              + " '2026-01-01T00:09:58Z'}]}");
  private static final Pod UNSEEN =
      Pods.target(
          "gin",
          "{phase: Running, conditions: [{type: Ready, status: 'False'}, {type: ContainersReady,"
              + " status: 'True'}]}");

  @Test
  void isReadyOnceTheKubeletReportsIt() {
    // Given
    Pod pod = Pods.running("gin", 0, "2026-01-01T00:00:03Z", true);

    // When
    TargetObservation observed = read(List.of(Targets.deployment(READY_SINCE_LONG)), pod);

    // Then
    assertThat(observed.state()).isEqualTo(new State.Ready());
    assertThat(observed.restarts()).isZero();
    assertThat(observed.lastStart()).contains(Instant.parse("2026-01-01T00:00:03Z"));
  }

  @Test
  void isNotReadyAfterACrashThatItsDeploymentDoesNotShowYet() {
    // Given
    Pod crashed =
        Pods.target(
            "gin",
            "{phase: Running, conditions: [{type: ContainersReady, status: 'False'}], containerStatuses:"
                + " [{name: target, restartCount: 0, state: {terminated: {exitCode: 2, reason: Error, finishedAt:"
                + " '2026-01-01T00:10:00Z'}}}]}");

    // When
    TargetObservation observed = read(List.of(Targets.deployment(READY_SINCE_LONG)), crashed);

    // Then
    assertThat(observed.state())
        .isEqualTo(
            new State.Starting(
                NOW,
                Optional.of(
                    new Problem(
                        Problem.Kind.NOT_READY,
                        "container target: ended with code 2, restarts: 0"))));
    assertThat(observed.running()).isFalse();
    assertThat(observed.terminations()).containsExactly(END);
    assertThat(observed.lastStart()).contains(Instant.parse("2026-01-01T00:10:00.999Z"));
  }

  @Test
  void isUnavailableWhileItsNodeIsUnreachable() {
    // Given
    Service forTheReady = Targets.service("{}");

    // When
    TargetObservation observed = read(List.of(UNAVAILABLE), List.of(forTheReady), UNSEEN);

    // Then
    assertThat(observed.state()).isEqualTo(new State.ServiceUnavailable());
  }

  @Test
  void isReadyOnAnUnreachableNodeOnceItsServiceRoutesToIt() {
    // Given
    Service readyOrNot = Targets.service("{publishNotReadyAddresses: true}");

    // When
    TargetObservation observed = read(List.of(UNAVAILABLE), List.of(readyOrNot), UNSEEN);

    // Then
    assertThat(observed.state()).isEqualTo(new State.Ready());
  }

  @Test
  void isUnavailableWithoutAService() {
    // Given
    Pod pod = Pods.running("gin", 0, "2026-01-01T00:00:03Z", true);

    // When
    TargetObservation observed =
        read(List.of(Targets.deployment(READY_SINCE_LONG)), List.of(), pod);

    // Then
    assertThat(observed.state()).isEqualTo(new State.ServiceUnavailable());
  }

  @Test
  void isRunningWhileItIsNotReady() {
    // Given
    Pod overloaded = Pods.running("gin", 0, "2026-01-01T00:00:03Z", false);

    // When
    TargetObservation observed = read(List.of(Targets.deployment(READY_SINCE_LONG)), overloaded);

    // Then
    assertThat(observed.state()).isInstanceOf(State.Starting.class);
    assertThat(observed.running()).isTrue();
  }

  @Test
  void isNotRunningWithAMissingPod() {
    // Given
    Deployment alone = Targets.deployment(READY_SINCE_LONG);

    // When
    TargetObservation observed = read(List.of(alone));

    // Then
    assertThat(observed.running()).isFalse();
  }

  @Test
  void startsTheReadinessTimeoutWhenItCeasesToBeReady() {
    // Given
    List<Deployment> unavailable = List.of(UNAVAILABLE);

    // When
    TargetObservation observed = read(unavailable);

    // Then
    assertThat(observed.state())
        .isEqualTo(new State.Starting(Instant.parse("2026-01-01T00:09:58Z"), Optional.empty()));
  }

  @Test
  void isStartingSinceItsCreationWithoutAStatus() {
    // Given
    Deployment fresh = Targets.deployment("null");

    // When
    TargetObservation observed = read(List.of(fresh));

    // Then
    assertThat(observed.state()).isEqualTo(new State.Starting(CREATED, Optional.empty()));
  }

  @Test
  void detectsARestartDespiteTimesInWholeSeconds() {
    // Given
    Instant scheduledInTheSameSecond = Instant.parse("2026-01-01T00:05:00.700Z");
    Pod restarted = Pods.running("gin", 1, "2026-01-01T00:05:00Z", true);

    // When
    TargetObservation observed = read(List.of(Targets.deployment(READY_SINCE_LONG)), restarted);

    // Then
    assertThat(observed.lastStart().orElseThrow()).isAfter(scheduledInTheSameSecond);
    assertThat(observed.restarts()).isEqualTo(1);
  }

  @Test
  void countsTheCreationOfAReplacementPodAsAStart() {
    // Given
    Pod first = Pods.running("gin", 0, "2025-12-31T23:59:00Z", true);
    Pod replacement = Pods.target("gin", "{phase: Pending}");

    // When
    TargetObservation observed =
        read(List.of(Targets.deployment(READY_SINCE_LONG)), first, replacement);

    // Then
    assertThat(observed.lastStart()).contains(CREATED);
  }

  @Test
  void countsOomKills() {
    // Given
    Pod killed =
        Pods.target(
            "gin",
            "{containerStatuses: [{name: target, restartCount: 3, state: {waiting: {reason:"
                + " CrashLoopBackOff, message: back-off 40s}}, lastState: {terminated: {reason:"
                + " OOMKilled, exitCode: 137, finishedAt: '2026-01-01T00:09:00Z'}}}]}");

    // When
    TargetObservation observed = read(List.of(Targets.deployment("{}")), killed);

    // Then
    assertThat(observed.oomKills()).isEqualTo(1);
    assertThat(observed.restarts()).isEqualTo(3);
    assertThat(observed.lastStart()).contains(Instant.parse("2026-01-01T00:09:00.999Z"));
    assertThat(((State.Starting) observed.state()).problem())
        .contains(
            new Problem(
                Problem.Kind.OOM_KILLED,
                "container target: CrashLoopBackOff since it ended with code 137 (SIGKILL,"
                    + " OOMKilled: out of memory),"
                    + " restarts: 3: back-off 40s"));
  }

  @Test
  void reportsWhyItsPodsAreForbidden() {
    // Given
    Deployment refused =
        Targets.deployment(
            "{conditions: [{type: ReplicaFailure, status: 'True', message: exceeded quota}]}");

    // When
    TargetObservation observed = read(List.of(refused));

    // Then
    assertThat(((State.Starting) observed.state()).problem())
        .contains(new Problem(Problem.Kind.FORBIDDEN, "exceeded quota"));
  }

  @Test
  void isTerminatingUntilItsLastPodIsDeletedOrOverdue() {
    // Given
    Pod terminating =
        Pods.deleted(Pods.running("gin", 0, "2026-01-01T00:00:03Z", true), "2026-01-01T00:10:05Z");

    // When
    TargetObservation observed = read(List.of(), terminating);

    // Then: it is being deleted, so its terminations are not read
    assertThat(observed.terminations()).isEmpty();
    assertThat(observed.state())
        .isEqualTo(new State.Terminating(Instant.parse("2026-01-01T00:10:35Z")));
  }

  @Test
  void ignoresObjectsWithoutATargetLabel() {
    // Given
    Pod stray = Pods.target("gin", "{phase: Running}");
    stray.getMetadata().setLabels(Map.of(Labels.ROLE, Labels.ROLE_TARGET));

    // When
    List<TargetObservation> observed =
        TargetMapper.read(
            objects(List.of(), List.of(), stray), pod -> Optional.empty(), pod -> List.of(), NOW);

    // Then
    assertThat(observed).isEmpty();
  }

  private static TargetObservation read(List<Deployment> deployments, Pod... pods) {
    return read(deployments, List.of(Targets.service("{}")), pods);
  }

  private static TargetObservation read(
      List<Deployment> deployments, List<Service> services, Pod... pods) {
    List<TargetObservation> observed =
        TargetMapper.read(
            objects(deployments, services, pods),
            pod -> Optional.empty(),
            pod -> List.of(END),
            NOW);
    assertThat(observed).hasSize(1);
    return observed.getFirst();
  }

  private static RunObjects objects(
      List<Deployment> deployments, List<Service> services, Pod... pods) {
    return new RunObjects(List.of(), deployments, services, List.of(pods), Map.of());
  }
}

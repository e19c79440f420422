package bench.podium.controller;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.AttemptHistory;
import bench.podium.domain.lifecycle.AttemptAtHand;
import bench.podium.domain.lifecycle.Backoff;
import bench.podium.domain.lifecycle.Ending;
import bench.podium.domain.lifecycle.LoadGeneration;
import bench.podium.domain.lifecycle.Pause;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.plan.LoadShare;
import bench.podium.wire.Command;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodCommandsTest {

  /** Of the second target's first step, at its third attempt. */
  private static final Progress PROGRESS = progress(Instant.parse("2026-01-01T00:00:02.500001Z"));

  @Test
  void aLoadPodIsToldItsShareOfTheConnections() {
    // When: 8 connections over 2 load pods
    Command.Arm arm = PodCommands.arm(PlanFixture.plan(), PROGRESS);

    // Then
    assertThat(arm.load()).isEqualTo(new LoadShare.Connections(4));
    assertThat(arm.threads()).isEqualTo(1);
  }

  @Test
  void aLoadPodIsToldTheStepAndTheTargetWithItsPort() {
    // When
    Command.Arm arm = PodCommands.arm(PlanFixture.plan(), PROGRESS);

    // Then
    assertThat(arm.step()).isEqualTo(2);
    assertThat(arm.attempt()).isEqualTo(3);
    assertThat(arm.url()).isEqualTo("http://shop-chi.bench.svc:8080");
    assertThat(arm.readinessPath()).isEqualTo("/healthz");
  }

  @Test
  void theStartIsToldToTheMicrosecondAndTheTimesInMilliseconds() {
    // When
    Command.Arm arm = PodCommands.arm(PlanFixture.plan(), PROGRESS);

    // Then
    assertThat(arm.t0EpochMicros()).isEqualTo(1_767_225_602_500_001L);
    assertThat(arm.timeoutMillis()).isEqualTo(2_000);
    assertThat(arm.warmupMillis()).isEqualTo(5_000);
    assertThat(arm.durationMillis()).isEqualTo(10_000);
    assertThat(arm.firstSequence()).isEqualTo(4711);
  }

  @Test
  void whatEndsAnAttemptNamesItAndWhetherItHasStarted() {
    // Given
    Progress aborted = ending(Ending.Kind.ABORT);
    Progress discarded = ending(Ending.Kind.DISCARD);

    // When
    Command abort = PodCommands.stop(aborted);
    Command discard = PodCommands.stop(discarded);

    // Then
    assertThat(abort).isEqualTo(new Command.Abort(2, 3));
    assertThat(discard).isEqualTo(new Command.Discard(2, 3));
  }

  private static Progress ending(Ending.Kind kind) {
    Instant t0 = PlanFixture.START;
    AttemptAtHand atHand =
        new AttemptAtHand(
            3,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            0,
            Optional.of(new Ending(kind, t0, t0.plusSeconds(9), t0, 1, "why", Map.of())),
            Optional.empty(),
            AttemptHistory.NONE);
    return new Progress(
        2,
        atHand,
        PROGRESS.load(),
        Optional.empty(),
        Pause.NONE,
        PROGRESS.nextSequence(),
        Backoff.NONE);
  }

  private static Progress progress(Instant t0) {
    return new Progress(
        2,
        new AttemptAtHand(
            3,
            Optional.of(PlanFixture.START),
            Optional.of(t0),
            Optional.of(PlanFixture.START),
            2,
            0,
            0,
            Optional.empty(),
            Optional.empty(),
            AttemptHistory.NONE),
        new LoadGeneration(1, Optional.empty(), 0),
        Optional.empty(),
        Pause.NONE,
        4711,
        Backoff.NONE);
  }
}

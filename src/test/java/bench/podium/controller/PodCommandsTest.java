package bench.podium.controller;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.AttemptAtHand;
import bench.podium.domain.lifecycle.Backoff;
import bench.podium.domain.lifecycle.LoadGeneration;
import bench.podium.domain.lifecycle.Pause;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.plan.LoadShare;
import bench.podium.wire.Command;
import java.time.Instant;
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
            0),
        new LoadGeneration(1, Optional.empty(), 0),
        Optional.empty(),
        Pause.NONE,
        Backoff.NONE);
  }
}

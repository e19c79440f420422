package bench.podium.controller.agent;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.AttemptHistory;
import bench.podium.domain.lifecycle.AttemptTermination;
import bench.podium.domain.lifecycle.CurrentAttempt;
import bench.podium.domain.lifecycle.NoProgressBackoff;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.Suspension;
import bench.podium.domain.lifecycle.WorkerGeneration;
import bench.podium.domain.plan.LoadShare;
import bench.podium.protocol.Command;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandSenderTest {

  /** The first step of the second target, at its third attempt. */
  private static final Progress PROGRESS = progress(Instant.parse("2026-01-01T00:00:02.500001Z"));

  @Test
  void armsEachWorkerWithItsShareOfTheConnections() {
    // When: 8 connections over 2 workers
    Command.Arm arm = CommandSender.arm(PlanFixture.plan(), PROGRESS);

    // Then
    assertThat(arm.load()).isEqualTo(new LoadShare.Connections(4));
    assertThat(arm.threads()).isEqualTo(1);
  }

  @Test
  void armsWorkersWithStepAndTargetUrl() {
    // When
    Command.Arm arm = CommandSender.arm(PlanFixture.plan(), PROGRESS);

    // Then
    assertThat(arm.step()).isEqualTo(2);
    assertThat(arm.attempt()).isEqualTo(3);
    assertThat(arm.url()).isEqualTo("http://shop-chi.bench.svc:8080");
    assertThat(arm.readinessPath()).isEqualTo("/healthz");
  }

  @Test
  void sendsT0InMicrosecondsAndDurationsInMilliseconds() {
    // When
    Command.Arm arm = CommandSender.arm(PlanFixture.plan(), PROGRESS);

    // Then
    assertThat(arm.t0EpochMicros()).isEqualTo(1_767_225_602_500_001L);
    assertThat(arm.timeoutMillis()).isEqualTo(2_000);
    assertThat(arm.warmupMillis()).isEqualTo(5_000);
    assertThat(arm.durationMillis()).isEqualTo(10_000);
    assertThat(arm.firstSequence()).isEqualTo(4711);
  }

  @Test
  void abortsBeforeAndDiscardsAfterTheStartOfAnAttempt() {
    // Given
    Progress aborted = ending(AttemptTermination.Kind.ABORT);
    Progress discarded = ending(AttemptTermination.Kind.DISCARD);

    // When
    Command abort = CommandSender.stop(aborted);
    Command discard = CommandSender.stop(discarded);

    // Then
    assertThat(abort).isEqualTo(new Command.Abort(2, 3));
    assertThat(discard).isEqualTo(new Command.Discard(2, 3));
  }

  private static Progress ending(AttemptTermination.Kind kind) {
    Instant t0 = PlanFixture.START;
    CurrentAttempt atHand =
        new CurrentAttempt(
            3,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            0,
            Optional.of(
                new AttemptTermination(kind, t0, t0.plusSeconds(9), t0, 1, "why", Map.of())),
            Optional.empty(),
            AttemptHistory.NONE);
    return new Progress(
        2,
        atHand,
        PROGRESS.load(),
        Optional.empty(),
        Suspension.NONE,
        PROGRESS.nextSequence(),
        NoProgressBackoff.NONE);
  }

  private static Progress progress(Instant t0) {
    return new Progress(
        2,
        new CurrentAttempt(
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
        new WorkerGeneration(1, Optional.empty(), 0),
        Optional.empty(),
        Suspension.NONE,
        4711,
        NoProgressBackoff.NONE);
  }
}

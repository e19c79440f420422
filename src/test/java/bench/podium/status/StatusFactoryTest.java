package bench.podium.status;

import static bench.podium.status.StatusFixture.GIN;
import static bench.podium.status.StatusFixture.START;
import static bench.podium.status.StatusFixture.at;
import static bench.podium.status.StatusFixture.execution;
import static bench.podium.status.StatusFixture.lines;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRunStatus;
import bench.podium.api.v1alpha1.DisplayStatus;
import bench.podium.api.v1alpha1.Phase;
import bench.podium.api.v1alpha1.RunCondition;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.domain.lifecycle.PlanFixture;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusFactoryTest {

  @Test
  void showsThePositionOfAQueuedRun() {
    // Given
    RunSnapshot snapshot =
        new RunSnapshot(1, new RunSnapshot.Phase.Queued(PlanFixture.plan(), 2, "bench/first"));

    // When
    BenchmarkRunStatus status = at(START, Optional.empty(), snapshot);

    // Then
    assertThat(status.phase()).isEqualTo(Phase.QUEUED);
    assertThat(status.startTime()).isNull();
    assertThat(lines(status))
        .isEqualTo(
            """
            Accepted=True Valid:
            Admitted=False Queued: position 2 in the queue, behind bench/first
            TargetsReady=Unknown NotYetKnown:
            WorkersReady=Unknown NotYetKnown:
            Finished=False Running: waiting in the queue
            Succeeded=Unknown NotYetKnown:
            Ready=False Running: waiting in the queue
            Reconciling=True Running: waiting in the queue
            Stalled=False Running:
            """);
  }

  @Test
  void showsTheProgressOfAnActiveRun() {
    // Given
    RunSnapshot snapshot =
        new RunSnapshot(1, new RunSnapshot.Phase.Active(execution(List.of(GIN))));

    // When
    BenchmarkRunStatus status = at(START.plusSeconds(30), Optional.empty(), snapshot);

    // Then
    assertThat(status.phase()).isEqualTo(Phase.RUNNING);
    assertThat(status.startTime()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(status.progress().percent()).isEqualTo(25);
    assertThat(status.progress().remaining()).isEqualTo("1m30s");
    assertThat(status.display()).isEqualTo(new DisplayStatus("gin", "68.3k/s", "21.4ms", "1/4"));
    assertThat(lines(status))
        .isEqualTo(
            """
            Accepted=True Valid:
            Admitted=True Admitted:
            TargetsReady=False Pending: target gin is not ready yet
            WorkersReady=True Ready: 2 workers
            Finished=False Running: step 1 of 4
            Succeeded=Unknown NotYetKnown:
            Ready=False Running: step 1 of 4
            Reconciling=True Running: step 1 of 4
            Stalled=False Running:
            """);
  }

  @Test
  void showsWhatBlocksARun() {
    // Given
    RunSnapshot snapshot =
        new RunSnapshot(
            1,
            new RunSnapshot.Phase.Active(
                execution(List.of(GIN)), Optional.of("results cannot be written: quota")));

    // When
    BenchmarkRunStatus status = at(START, Optional.empty(), snapshot);

    // Then
    assertThat(lines(status))
        .contains(
            """
            Finished=False Running: step 1 of 4: results cannot be written: quota
            """);
  }

  @Test
  void showsHowToResumeASuspendedRun() {
    // Given
    RunSnapshot.Execution active = execution(List.of(GIN));
    RunSnapshot snapshot =
        new RunSnapshot(
            2,
            new RunSnapshot.Phase.Active(
                active.with(active.progress().suspend(active.plan(), START.plusSeconds(9)))));

    // When
    BenchmarkRunStatus status = at(START.plusSeconds(9), Optional.empty(), snapshot);

    // Then
    assertThat(status.phase()).isEqualTo(Phase.SUSPENDED);
    assertThat(status.results()).hasSize(1);
    assertThat(status.progress().suspension().since()).isEqualTo("2026-01-01T00:00:09.000000Z");
    assertThat(lines(status))
        .contains(
            """
            Admitted=False Suspended: suspended: set spec.suspend to false to resume it
            """);
  }

  @Test
  void finishesARunThatIsCancelledWhileQueued() {
    // Given
    RunSnapshot snapshot =
        new RunSnapshot(2, new RunSnapshot.Phase.CancelledBeforeStart(PlanFixture.plan(), START));

    // When
    BenchmarkRunStatus status = at(START.plusSeconds(9), Optional.empty(), snapshot);

    // Then
    assertThat(status.phase()).isEqualTo(Phase.FINISHED);
    assertThat(status.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(status.startTime()).isNull();
    assertThat(status.completionTime()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(lines(status))
        .contains("Admitted=False Cancelled: cancelled before it was admitted; nothing was started")
        .contains("Finished=True Cancelled: cancelled before it was admitted")
        .contains("Succeeded=Unknown Inconclusive: ");
  }

  @Test
  void retainsTheTransitionTimeOfAnUnchangedCondition() {
    // Given
    RunSnapshot queued =
        new RunSnapshot(1, new RunSnapshot.Phase.Queued(PlanFixture.plan(), 1, "a/b"));
    BenchmarkRunStatus before = at(START, Optional.empty(), queued);
    RunSnapshot active = new RunSnapshot(1, new RunSnapshot.Phase.Active(execution(List.of())));

    // When
    BenchmarkRunStatus after = at(START.plusSeconds(60), Optional.of(before), active);

    // Then
    assertThat(after.conditions())
        .filteredOn(condition -> condition.lastTransitionTime().equals("2026-01-01T00:00:00Z"))
        .extracting(RunCondition::type)
        .containsExactly("Accepted", "Finished", "Succeeded", "Ready", "Reconciling", "Stalled");
  }
}

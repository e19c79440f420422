package bench.podium.status;

import static bench.podium.status.StatusFixture.GIN;
import static bench.podium.status.StatusFixture.START;
import static bench.podium.status.StatusFixture.at;
import static bench.podium.status.StatusFixture.execution;
import static bench.podium.status.StatusFixture.lines;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRunStatus;
import bench.podium.api.v1alpha1.Phase;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.lifecycle.FinishReason;
import bench.podium.domain.measurement.ConsistencyCheck;
import bench.podium.domain.measurement.Violation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The status of a finished run. */
class StatusAtTheEndTest {

  @Test
  void finishesARejectedRunWithTheReason() {
    // Given
    RunSnapshot snapshot =
        new RunSnapshot(3, new RunSnapshot.Phase.Rejected(Reason.INVALID, "spec.load: why", START));

    // When
    BenchmarkRunStatus status = at(START, Optional.empty(), snapshot);

    // Then
    assertThat(status.phase()).isEqualTo(Phase.FINISHED);
    assertThat(status.verdict()).isEqualTo(bench.podium.api.v1alpha1.Verdict.ERROR);
    assertThat(lines(status))
        .isEqualTo(
            """
            Accepted=False Invalid: spec.load: why
            Admitted=Unknown NotYetKnown:
            TargetsReady=Unknown NotYetKnown:
            WorkersReady=Unknown NotYetKnown:
            Finished=True NotStarted: spec.load: why
            Succeeded=False Error: spec.load: why
            Ready=False NotStarted: spec.load: why
            Reconciling=False NotStarted:
            Stalled=True NotStarted: spec.load: why
            """);
  }

  @Test
  void retainsTheResultsOfAnUnplannableRunWithoutItsProgress() {
    // Given
    BenchmarkRunStatus before =
        at(
            START,
            Optional.empty(),
            new RunSnapshot(1, new RunSnapshot.Phase.Active(execution(List.of(GIN)))));
    RunSnapshot snapshot =
        new RunSnapshot(
            1, new RunSnapshot.Phase.Unplannable(Reason.INVALID, "spec.load: why", START));

    // When
    BenchmarkRunStatus status = at(START.plusSeconds(60), Optional.of(before), snapshot);

    // Then
    assertThat(status.results()).isEqualTo(before.results()).hasSize(1);
    assertThat(status.ranking()).isEqualTo(before.ranking());
    assertThat(status.resultIndex()).isEqualTo(before.resultIndex());
    assertThat(status.startTime()).isEqualTo(before.startTime());
    assertThat(status.progress()).isNull();
    assertThat(status.verdict()).isEqualTo(bench.podium.api.v1alpha1.Verdict.ERROR);
    assertThat(lines(status))
        .isEqualTo(
            """
            Accepted=False Invalid: spec.load: why
            Admitted=True Admitted:
            TargetsReady=Unknown NotYetKnown:
            WorkersReady=Unknown NotYetKnown:
            Finished=True Aborted: spec.load: why
            Succeeded=False Error: spec.load: why
            Ready=False Aborted: spec.load: why
            Reconciling=False Aborted:
            Stalled=True Aborted: spec.load: why
            """);
  }

  @Test
  void setsReadyForAPassedRun() {
    // Given
    RunSnapshot snapshot = finished(Verdict.PASSED, List.of(GIN));

    // When
    BenchmarkRunStatus status = at(START, Optional.empty(), snapshot);

    // Then
    assertThat(status.progress()).isNull();
    assertThat(status.completionTime()).isEqualTo("2026-01-01T00:02:00Z");
    assertThat(lines(status))
        .contains(
            """
            Finished=True Completed: the end
            Succeeded=True Passed: the end
            Ready=True Completed: the end
            Reconciling=False Completed:
            Stalled=False Completed:
            """);
  }

  @Test
  void setsStalledForEveryOtherVerdict() {
    for (Verdict verdict : List.of(Verdict.FAILED, Verdict.INCONCLUSIVE, Verdict.ERROR)) {
      // Given
      RunSnapshot snapshot = finished(verdict, List.of(GIN));

      // When
      BenchmarkRunStatus status = at(START, Optional.empty(), snapshot);

      // Then
      String succeeded = verdict == Verdict.INCONCLUSIVE ? "Unknown" : "False";
      assertThat(lines(status))
          .contains("Succeeded=%s %s".formatted(succeeded, ReasonMapper.reason(verdict).text()))
          .contains("Ready=False Completed: the end")
          .contains("Stalled=True Completed: the end");
    }
  }

  @Test
  void showsTheFirstViolationAsTheReasonOfSucceeded() {
    // Given
    Row broken =
        new Row(
            0,
            "gin",
            "low",
            GIN.figures(),
            RowReason.MEASURED,
            "",
            List.of(new Violation(ConsistencyCheck.COUNTS_DIFFER, "1 is not 2")),
            List.of(),
            1,
            0,
            0,
            Verdict.INCONCLUSIVE);

    // When
    BenchmarkRunStatus status =
        at(START, Optional.empty(), finished(Verdict.INCONCLUSIVE, List.of(broken)));

    // Then
    assertThat(lines(status)).contains("Succeeded=Unknown CountsDiffer: the end");
    assertThat(status.ranking()).isEmpty();
  }

  private static RunSnapshot finished(Verdict verdict, List<Row> rows) {
    return new RunSnapshot(
        1,
        new RunSnapshot.Phase.Finished(
            execution(rows), FinishReason.COMPLETED, verdict, "the end", START.plusSeconds(120)));
  }
}

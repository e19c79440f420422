package bench.podium.e2e;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.testing.RealCluster;
import java.util.List;

/**
 * The outcome of a run without its metrics, which does not depend on restarts of the operator.
 *
 * @param reason reason of the condition Finished
 */
record RunOutcome(Verdict verdict, String reason, List<Row> rows) {

  /**
   * One result row.
   *
   * @param attempts without aborted ones
   */
  record Row(String target, String stage, String reason, Verdict verdict, int attempts) {}

  RunOutcome {
    rows = List.copyOf(rows);
  }

  /** The outcome of such a run without SLOs if no fault occurs. */
  static RunOutcome allMeasured(BenchmarkRun run) {
    return new RunOutcome(
        Verdict.PASSED,
        "Completed",
        run.getSpec().targets().stream()
            .flatMap(
                target ->
                    run.getSpec().load().stages().stream()
                        .map(
                            stage ->
                                new Row(
                                    target.name(), stage.name(), "Measured", Verdict.PASSED, 1)))
            .toList());
  }

  static RunOutcome of(BenchmarkRun finished) {
    return new RunOutcome(
        finished.getStatus().verdict(),
        RealCluster.reason(finished, "Finished"),
        finished.getStatus().results().stream()
            .map(
                row ->
                    new Row(row.target(), row.stage(), row.reason(), row.verdict(), row.attempts()))
            .toList());
  }
}

package bench.podium.e2e;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.testing.RealCluster;
import java.util.List;

/**
 * What a run has come to, without the figures: the same whatever the operator died of.
 *
 * @param reason of the end
 */
record RunOutcome(Verdict verdict, String reason, List<Row> rows) {

  /**
   * @param attempts aborted ones are not counted
   */
  record Row(String target, String stage, String reason, Verdict verdict, int attempts) {}

  RunOutcome {
    rows = List.copyOf(rows);
  }

  /** Of a run like this one in which nothing goes wrong, and that has no SLO. */
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

package bench.podium.status;

import bench.podium.api.v1alpha1.BenchmarkRunStatus;
import bench.podium.api.v1alpha1.ConditionStatus;
import bench.podium.domain.evaluation.EvaluationFixture;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.status.RunSnapshot.Execution;
import bench.podium.status.RunSnapshot.IndexReference;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A run, and its status as text, for tests of the status. */
final class StatusFixture {

  static final Instant START = PlanFixture.START;
  static final Row GIN =
      EvaluationFixture.row(0, "gin", "low", EvaluationFixture.figures(68_295, 21_400, 0));

  private StatusFixture() {}

  /** An execution in its first step, with these rows. */
  static Execution execution(List<Row> rows) {
    return new Execution(
        PlanFixture.plan(),
        START,
        Progress.atAdmission(START),
        new ComponentStatus.Pending(Reason.PENDING, "target gin is not ready yet"),
        new ComponentStatus.Ready("2 workers"),
        rows,
        Optional.of(new IndexReference("shop-index", "uid-2")));
  }

  /** The status at this time, after the previous one. */
  static BenchmarkRunStatus at(
      Instant now, Optional<BenchmarkRunStatus> before, RunSnapshot snapshot) {
    return new StatusFactory(Clock.fixed(now, ZoneOffset.UTC)).status(before, snapshot);
  }

  /** The conditions, one per line: {@code type=status reason: message}. */
  static String lines(BenchmarkRunStatus status) {
    return status.conditions().stream()
        .map(
            condition ->
                "%s=%s %s: %s"
                        .formatted(
                            condition.type(),
                            text(condition.status()),
                            condition.reason(),
                            condition.message())
                        .strip()
                    + "\n")
        .collect(Collectors.joining());
  }

  private static String text(ConditionStatus status) {
    return Serialization.unmarshal(Serialization.asJson(status), String.class);
  }
}

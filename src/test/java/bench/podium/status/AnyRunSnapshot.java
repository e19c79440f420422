package bench.podium.status;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.domain.evaluation.AttemptHistory;
import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.evaluation.EvaluationFixture;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.evaluation.StepMetrics;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.lifecycle.AttemptTermination;
import bench.podium.domain.lifecycle.CurrentAttempt;
import bench.podium.domain.lifecycle.FinishReason;
import bench.podium.domain.lifecycle.NoProgressBackoff;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.StepFailure;
import bench.podium.domain.lifecycle.Suspension;
import bench.podium.domain.lifecycle.WorkerGeneration;
import bench.podium.domain.measurement.ConsistencyCheck;
import bench.podium.domain.measurement.Violation;
import bench.podium.domain.plan.RunPlan;
import bench.podium.status.RunSnapshot.Execution;
import bench.podium.status.RunSnapshot.IndexReference;
import bench.podium.status.RunSnapshot.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Random snapshots with extreme content: huge texts, odd characters, more rows than permitted. */
final class AnyRunSnapshot {

  private static final int[] ODD_POINTS = {
    0, 7, '\n', '\r', 0x1b, '"', '\\', '<', 0x85, 0xa0, 0x2028, 0xd800, 0xdfff, 0xfffe, 0x1f680, 'a'
  };

  private final Random random;

  AnyRunSnapshot(Random random) {
    this.random = random;
  }

  RunSnapshot snapshot() {
    return new RunSnapshot(1 + random.nextInt(1000), phase());
  }

  private Phase phase() {
    return switch (random.nextInt(7)) {
      case 0 -> new Phase.Rejected(reason(ConditionType.ACCEPTED), text(), instant());
      case 1 -> new Phase.Queued(plan(), random.nextInt(1000), text());
      case 2 -> new Phase.Active(execution(), Optional.of(text()));
      case 3 -> new Phase.Unplannable(reason(ConditionType.ACCEPTED), text(), instant());
      case 4 -> new Phase.CancelledBeforeStart(plan(), instant());
      default ->
          new Phase.Finished(
              execution(), one(FinishReason.values()), one(Verdict.values()), text(), instant());
    };
  }

  RunPlan plan() {
    RunPlan plan = PlanFixture.plan();
    return new RunPlan(
        plan.run(),
        plan.targets(),
        plan.workload(),
        plan.load(),
        plan.steps(),
        plan.slos(),
        plan.limits(),
        plan.environment(),
        Duration.ofMillis(random.nextInt(2_000_000_000)),
        plan.deadline());
  }

  private Execution execution() {
    return new Execution(
        plan(),
        instant(),
        progress(this::text),
        componentStatus(ConditionType.TARGETS_READY),
        componentStatus(ConditionType.WORKERS_READY),
        rows(),
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(new IndexReference("shop-index", "uid-index")));
  }

  /** With texts that need not be truncated. */
  Progress progress() {
    return progress(() -> "why " + number());
  }

  private Progress progress(Supplier<String> text) {
    return new Progress(
        random.nextInt(6),
        new CurrentAttempt(
            number(),
            maybe(),
            maybe(),
            maybe(),
            number(),
            number(),
            number(),
            random.nextBoolean() ? Optional.empty() : Optional.of(termination(text)),
            random.nextBoolean() ? Optional.empty() : Optional.of(failure(text)),
            history(text)),
        new WorkerGeneration(1 + number(), maybe(), number()),
        maybe(),
        new Suspension(maybe(), Duration.ofMillis(random.nextInt(100_000))),
        1 + random.nextLong(1L << 53),
        backoff());
  }

  private NoProgressBackoff backoff() {
    return switch (random.nextInt(3)) {
      case 0 -> NoProgressBackoff.NONE;
      case 1 -> new NoProgressBackoff(Optional.empty(), number(), "");
      default ->
          new NoProgressBackoff(
              Optional.of(instant()), number(), TextTruncation.to(Bounds.MESSAGE_LENGTH, text()));
    };
  }

  private AttemptTermination termination(Supplier<String> text) {
    Map<Integer, Long> sent = new TreeMap<>();
    for (int worker = random.nextInt(4); worker > 0; worker--) {
      sent.put(random.nextInt(100), random.nextLong(1L << 53));
    }
    return new AttemptTermination(
        one(AttemptTermination.Kind.values()),
        instant(),
        instant(),
        instant(),
        1 + number(),
        text.get(),
        sent);
  }

  private StepFailure failure(Supplier<String> text) {
    return random.nextBoolean()
        ? new StepFailure.TargetFailed(one(RowReason.values()), text.get(), number(), number())
        : new StepFailure.RunFailed(one(FinishReason.values()), one(Verdict.values()), text.get());
  }

  private AttemptHistory history(Supplier<String> text) {
    AttemptHistory history = AttemptHistory.NONE;
    for (int attempt = 1; attempt <= random.nextInt(40); attempt++) {
      history =
          history.with(
              new AttemptRecord(
                  attempt,
                  one(AttemptRecord.Outcome.values()),
                  random.nextBoolean() ? Optional.empty() : Optional.of(random.nextLong(1L << 40)),
                  text.get()));
    }
    return history;
  }

  private Reason reason(ConditionType type) {
    return one(ConditionReasons.of(type).toArray(Reason[]::new));
  }

  private ComponentStatus componentStatus(ConditionType type) {
    return switch (random.nextInt(4)) {
      case 0 -> new ComponentStatus.NotYetKnown();
      case 1 -> new ComponentStatus.Pending(reason(type), text());
      case 2 -> new ComponentStatus.Ready(text());
      default -> new ComponentStatus.Failed(reason(type), text());
    };
  }

  private List<Row> rows() {
    int count = random.nextInt(4) == 0 ? 200 : random.nextInt(5);
    List<Row> rows = new ArrayList<>();
    for (int step = 0; step < count; step++) {
      rows.add(row(step, count));
    }
    return rows;
  }

  private Row row(int step, int count) {
    List<Violation> checks = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (int i = random.nextInt(count > 100 ? 2 : 30); i > 0; i--) {
      checks.add(new Violation(one(ConsistencyCheck.values()), text()));
      warnings.add(text());
    }
    return new Row(
        step,
        "target-" + step % 70,
        "stage-" + step / 70,
        figures(),
        one(RowReason.values()),
        text(),
        random.nextBoolean() ? checks : List.of(),
        warnings,
        number(),
        number(),
        number(),
        one(Verdict.values()));
  }

  private Optional<StepMetrics> figures() {
    return switch (random.nextInt(4)) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(EvaluationFixture.unanswered());
      default ->
          Optional.of(
              EvaluationFixture.figures(
                  random.nextLong(1L << 53), random.nextLong(60_000_000), number()));
    };
  }

  /** A text of any characters, sometimes empty, sometimes longer than every bound. */
  String text() {
    int length = random.nextInt(3) == 0 ? random.nextInt(3000) : random.nextInt(12);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(
          random.nextBoolean()
              ? ODD_POINTS[random.nextInt(ODD_POINTS.length)]
              : random.nextInt(Character.MAX_CODE_POINT + 1));
    }
    return text.toString();
  }

  private int number() {
    return random.nextBoolean() ? random.nextInt(4) : random.nextInt(1 << 30);
  }

  private Optional<Instant> maybe() {
    return random.nextBoolean() ? Optional.empty() : Optional.of(instant());
  }

  Instant instant() {
    return PlanFixture.START.plus(random.nextLong(10_000_000_000L), ChronoUnit.MICROS);
  }

  private <E> E one(E[] values) {
    return values[random.nextInt(values.length)];
  }
}

package bench.podium.status;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.domain.judge.AttemptHistory;
import bench.podium.domain.judge.AttemptRecord;
import bench.podium.domain.judge.Figures;
import bench.podium.domain.judge.JudgeFixture;
import bench.podium.domain.judge.Row;
import bench.podium.domain.judge.RowReason;
import bench.podium.domain.judge.Verdict;
import bench.podium.domain.lifecycle.AttemptAtHand;
import bench.podium.domain.lifecycle.Backoff;
import bench.podium.domain.lifecycle.Ending;
import bench.podium.domain.lifecycle.FinishReason;
import bench.podium.domain.lifecycle.LoadGeneration;
import bench.podium.domain.lifecycle.Pause;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.StepEnd;
import bench.podium.domain.measure.BrokenLaw;
import bench.podium.domain.measure.Law;
import bench.podium.domain.plan.RunPlan;
import bench.podium.status.RunView.Execution;
import bench.podium.status.RunView.IndexReference;
import bench.podium.status.RunView.Phase;
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

/** Views of a run that nobody would think of: huge texts, odd characters, more rows than fit. */
final class AnyView {

  private static final int[] ODD_POINTS = {
    0, 7, '\n', '\r', 0x1b, '"', '\\', '<', 0x85, 0xa0, 0x2028, 0xd800, 0xdfff, 0xfffe, 0x1f680, 'a'
  };

  private final Random random;

  AnyView(Random random) {
    this.random = random;
  }

  RunView view() {
    return new RunView(1 + random.nextInt(1000), phase());
  }

  private Phase phase() {
    return switch (random.nextInt(7)) {
      case 0 -> new Phase.Rejected(one(Reason.values()), text(), instant());
      case 1 -> new Phase.Queued(plan(), random.nextInt(1000), text());
      case 2 -> new Phase.Active(execution(), Optional.of(text()));
      case 3 -> new Phase.Abandoned(one(Reason.values()), text(), instant());
      case 4 -> new Phase.Withdrawn(plan(), instant());
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
        standing(),
        standing(),
        rows(),
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(new IndexReference("shop-index", "uid-index")));
  }

  /** With texts that need not be cut. */
  Progress progress() {
    return progress(() -> "why " + number());
  }

  private Progress progress(Supplier<String> text) {
    return new Progress(
        random.nextInt(6),
        new AttemptAtHand(
            number(),
            maybe(),
            maybe(),
            maybe(),
            number(),
            number(),
            number(),
            random.nextBoolean() ? Optional.empty() : Optional.of(ending(text)),
            random.nextBoolean() ? Optional.empty() : Optional.of(end(text)),
            history(text)),
        new LoadGeneration(1 + number(), maybe(), number()),
        maybe(),
        new Pause(maybe(), Duration.ofMillis(random.nextInt(100_000))),
        1 + random.nextLong(1L << 53),
        backoff());
  }

  private Backoff backoff() {
    return switch (random.nextInt(3)) {
      case 0 -> Backoff.NONE;
      case 1 -> new Backoff(Optional.empty(), number(), "");
      default ->
          new Backoff(Optional.of(instant()), number(), CutText.to(Bounds.MESSAGE_LENGTH, text()));
    };
  }

  private Ending ending(Supplier<String> text) {
    Map<Integer, Long> sent = new TreeMap<>();
    for (int worker = random.nextInt(4); worker > 0; worker--) {
      sent.put(random.nextInt(100), random.nextLong(1L << 53));
    }
    return new Ending(
        one(Ending.Kind.values()), instant(), instant(), instant(), 1 + number(), text.get(), sent);
  }

  private StepEnd end(Supplier<String> text) {
    return random.nextBoolean()
        ? new StepEnd.TargetEnds(one(RowReason.values()), text.get(), number(), number())
        : new StepEnd.RunEnds(one(FinishReason.values()), one(Verdict.values()), text.get());
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

  private Standing standing() {
    return switch (random.nextInt(4)) {
      case 0 -> new Standing.NotYetKnown();
      case 1 -> new Standing.Pending(one(Reason.values()), text());
      case 2 -> new Standing.Ready(text());
      default -> new Standing.Failed(one(Reason.values()), text());
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
    List<BrokenLaw> laws = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (int i = random.nextInt(count > 100 ? 2 : 30); i > 0; i--) {
      laws.add(new BrokenLaw(one(Law.values()), text()));
      warnings.add(text());
    }
    return new Row(
        step,
        "target-" + step % 70,
        "stage-" + step / 70,
        figures(),
        one(RowReason.values()),
        text(),
        random.nextBoolean() ? laws : List.of(),
        warnings,
        number(),
        number(),
        number(),
        one(Verdict.values()));
  }

  private Optional<Figures> figures() {
    return switch (random.nextInt(4)) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(JudgeFixture.unanswered());
      default ->
          Optional.of(
              JudgeFixture.figures(
                  random.nextLong(1L << 53), random.nextLong(60_000_000), number()));
    };
  }

  /** Sometimes empty, sometimes longer than any bound, of any characters. */
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

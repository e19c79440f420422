package bench.podium.status;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.ProgressStatus;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.StepMetrics;
import bench.podium.domain.lifecycle.CurrentAttempt;
import bench.podium.domain.lifecycle.LoadGeneration;
import bench.podium.domain.lifecycle.NoProgressBackoff;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.Suspension;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import bench.podium.planning.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** A run's progress in its status: written for people, read back by the next operator. */
public final class ProgressText {

  private ProgressText() {}

  /** Reads what {@link #write} wrote; a field that is absent there is empty here. */
  public static Progress read(ProgressStatus status) {
    return new Progress(
        orZero(status.step()) - 1,
        new CurrentAttempt(
            orZero(status.attempt()),
            time(status.scheduledAt()),
            time(status.startAt()),
            time(status.firstScheduledAt()),
            orZero(status.abortedAttempts()),
            orZero(status.uncountedDiscards()),
            orZero(status.discardedAttempts()),
            AttemptText.ending(status),
            AttemptText.end(status),
            AttemptText.history(status)),
        new LoadGeneration(
            Math.max(1, orZero(status.generation())),
            time(status.waitingForWorkersSince()),
            orZero(status.lostGenerations())),
        time(status.notBefore()),
        new Suspension(
            time(status.suspendedAt()),
            Optional.ofNullable(status.suspendedFor())
                .flatMap(DurationText::parse)
                .orElse(Duration.ZERO)),
        Optional.ofNullable(status.nextSequence()).orElse(1L),
        backoff(status.backoffSince(), status.backoffTries(), status.backoffCause()));
  }

  /** The same of the fields alone; null where they are absent. */
  public static NoProgressBackoff backoff(String since, Integer tries, String cause) {
    return new NoProgressBackoff(time(since), orZero(tries), cause == null ? "" : cause);
  }

  static ProgressStatus write(RunSnapshot.Execution execution, DurationEstimate time) {
    RunPlan plan = execution.plan();
    Progress progress = execution.progress();
    List<Step> steps = plan.steps();
    Optional<Step> step =
        progress.step() < steps.size() ? Optional.of(steps.get(progress.step())) : Optional.empty();
    return written(
        new Shown(
            progress.step() + 1,
            steps.size(),
            step.map(Step::target).orElse(null),
            step.map(now -> now.stage().name()).orElse(null),
            time.percent(),
            TimeText.wholeSeconds(time.remaining()),
            lastThroughput(execution.rows())),
        progress);
  }

  /** What stands there, of a run that goes on after a pause: no step was under way. */
  static ProgressStatus resumed(ProgressStatus before, Progress progress) {
    return written(
        new Shown(
            before.step(),
            before.steps(),
            before.target(),
            before.stage(),
            before.percent(),
            before.remaining(),
            before.throughput()),
        progress);
  }

  /** What is there for people alone, null where it is absent. */
  private record Shown(
      Integer step,
      Integer steps,
      String target,
      String stage,
      Integer percent,
      String remaining,
      Long throughput) {}

  private static ProgressStatus written(Shown shown, Progress progress) {
    return new ProgressStatus(
        shown.step(),
        shown.steps(),
        progress.atHand().number(),
        shown.target(),
        shown.stage(),
        text(progress.t0()),
        shown.percent(),
        shown.remaining(),
        shown.throughput(),
        progress.load().number(),
        text(progress.atHand().armingSince()),
        progress.atHand().abortedAttempts(),
        progress.atHand().discarded(),
        text(progress.atHand().scheduledAt()),
        text(progress.load().waitingSince()),
        progress.load().lost(),
        text(progress.notBefore()),
        text(progress.pause().since()),
        text(progress.pause().before()),
        progress.nextSequence(),
        progress.atHand().lateAborts(),
        progress.ending().map(AttemptText::text).orElse(null),
        progress.atHand().end().map(AttemptText::text).orElse(null),
        AttemptText.attempts(progress.atHand().history()),
        AttemptText.earlier(progress.atHand().history()),
        text(progress.backoff().since()),
        progress.backoff().tries() == 0 ? null : progress.backoff().tries(),
        progress.backoff().cause().isEmpty()
            ? null
            : TextTruncation.to(Bounds.MESSAGE_LENGTH, progress.backoff().cause()));
  }

  private static String text(Duration pauses) {
    return pauses.isZero() ? null : DurationText.of(pauses.truncatedTo(ChronoUnit.MILLIS));
  }

  private static Long lastThroughput(List<Row> rows) {
    return rows.stream()
        .filter(Row::trusted)
        .flatMap(row -> row.figures().stream())
        .reduce((before, last) -> last)
        .map(StepMetrics::throughput)
        .orElse(null);
  }

  private static int orZero(Integer value) {
    return value == null ? 0 : value;
  }

  private static Optional<Instant> time(String text) {
    return Optional.ofNullable(text).map(TimeText::parse);
  }

  private static String text(Optional<Instant> time) {
    return time.map(TimeText::micros).orElse(null);
  }

  /** How much of the planned time has passed, in steps of {@link #GRAIN}. */
  record DurationEstimate(int percent, Duration remaining) {

    /**
     * Live figures change at most this often, so that a run does not rewrite its status for them.
     */
    static final Duration GRAIN = Duration.ofSeconds(5);

    static DurationEstimate of(RunSnapshot.Execution execution, Instant now) {
      RunPlan plan = execution.plan();
      Duration each = plan.planned().dividedBy(Math.max(1, plan.steps().size()));
      Duration done = each.multipliedBy(execution.rows().size());
      Duration inStep =
          execution
              .progress()
              .t0()
              .map(t0 -> Duration.between(t0, now))
              .filter(Duration::isPositive)
              .map(passed -> GRAIN.multipliedBy(passed.dividedBy(GRAIN)))
              .filter(passed -> passed.compareTo(each) < 0)
              .orElse(Duration.ZERO);
      Duration passed = done.plus(inStep);
      long percent =
          plan.planned().isZero() ? 0 : passed.toMillis() * 100 / plan.planned().toMillis();
      Duration remaining = plan.planned().minus(passed);
      return new DurationEstimate(
          (int) Math.min(100, percent), remaining.isNegative() ? Duration.ZERO : remaining);
    }
  }
}

package bench.podium.status;

import bench.podium.api.v1alpha1.AttemptStatus;
import bench.podium.api.v1alpha1.BackoffStatus;
import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.ProgressStatus;
import bench.podium.api.v1alpha1.SuspensionStatus;
import bench.podium.api.v1alpha1.WorkersStatus;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.StepMetrics;
import bench.podium.domain.lifecycle.CurrentAttempt;
import bench.podium.domain.lifecycle.NoProgressBackoff;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.Suspension;
import bench.podium.domain.lifecycle.WorkerGeneration;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import bench.podium.planning.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Converts the progress of a run to its form in the status, and back after a restart. */
public final class ProgressText {

  private ProgressText() {}

  /** Reads a status written by {@link #write}; an absent field becomes empty. */
  public static Progress read(ProgressStatus status) {
    Optional<AttemptStatus> attempt = Optional.ofNullable(status.attempt());
    return new Progress(
        orZero(status.step()) - 1,
        attempt.map(AttemptText::current).orElse(CurrentAttempt.NONE),
        Optional.ofNullable(status.workers())
            .map(ProgressText::generation)
            .orElse(new WorkerGeneration(1, Optional.empty(), 0)),
        attempt.flatMap(each -> TimeText.parseIfPresent(each.notBefore())),
        Optional.ofNullable(status.suspension())
            .map(ProgressText::suspension)
            .orElse(Suspension.NONE),
        attempt.map(AttemptStatus::nextSequence).orElse(1L),
        Optional.ofNullable(status.backoff())
            .map(backoff -> backoff(backoff.since(), backoff.tries(), backoff.cause()))
            .orElse(NoProgressBackoff.NONE));
  }

  private static WorkerGeneration generation(WorkersStatus workers) {
    return new WorkerGeneration(
        Math.max(1, orZero(workers.generation())),
        TimeText.parseIfPresent(workers.waitingForWorkersSince()),
        orZero(workers.lostGenerations()));
  }

  private static Suspension suspension(SuspensionStatus status) {
    return new Suspension(
        TimeText.parseIfPresent(status.since()),
        Optional.ofNullable(status.total()).flatMap(DurationText::parse).orElse(Duration.ZERO));
  }

  /**
   * Reads the state of a run without progress.
   *
   * @param since RFC 3339, may be null
   * @param tries may be null
   * @param cause may be null
   */
  public static NoProgressBackoff backoff(String since, Integer tries, String cause) {
    return new NoProgressBackoff(
        TimeText.parseIfPresent(since), orZero(tries), cause == null ? "" : cause);
  }

  static ProgressStatus write(RunSnapshot.Execution execution, DurationEstimate estimate) {
    RunPlan plan = execution.plan();
    Progress progress = execution.progress();
    List<Step> steps = plan.steps();
    Optional<Step> step =
        progress.step() < steps.size() ? Optional.of(steps.get(progress.step())) : Optional.empty();
    return status(
        new DisplayFields(
            progress.step() + 1,
            steps.size(),
            step.map(Step::target).orElse(null),
            step.map(now -> now.stage().name()).orElse(null),
            estimate.percent(),
            TimeText.wholeSeconds(estimate.remaining()),
            lastThroughput(execution.rows())),
        progress);
  }

  /**
   * New progress of a run that resumes: no step is in progress, so the other fields are retained.
   */
  static ProgressStatus resumed(ProgressStatus before, Progress progress) {
    return status(
        new DisplayFields(
            before.step(),
            before.steps(),
            before.target(),
            before.stage(),
            before.percent(),
            before.remaining(),
            before.throughput()),
        progress);
  }

  /** The fields that only people read; each may be null. */
  private record DisplayFields(
      Integer step,
      Integer steps,
      String target,
      String stage,
      Integer percent,
      String remaining,
      Long throughput) {}

  private static ProgressStatus status(DisplayFields display, Progress progress) {
    return new ProgressStatus(
        display.step(),
        display.steps(),
        display.target(),
        display.stage(),
        display.percent(),
        display.remaining(),
        display.throughput(),
        AttemptText.text(progress.attempt(), progress.notBefore(), progress.nextSequence()),
        new WorkersStatus(
            progress.load().number(),
            TimeText.microsOrNull(progress.load().waitingSince()),
            progress.load().lost()),
        text(progress.pause()),
        text(progress.backoff()));
  }

  private static SuspensionStatus text(Suspension suspension) {
    return suspension.equals(Suspension.NONE)
        ? null
        : new SuspensionStatus(
            TimeText.microsOrNull(suspension.since()),
            suspension.before().isZero()
                ? null
                : DurationText.of(suspension.before().truncatedTo(ChronoUnit.MILLIS)));
  }

  private static BackoffStatus text(NoProgressBackoff backoff) {
    return backoff.equals(NoProgressBackoff.NONE)
        ? null
        : new BackoffStatus(
            TimeText.microsOrNull(backoff.since()),
            backoff.tries() == 0 ? null : backoff.tries(),
            backoff.cause().isEmpty()
                ? null
                : TextTruncation.to(Bounds.MESSAGE_LENGTH, backoff.cause()));
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

  /** How much of the planned duration has passed, in multiples of {@link #GRAIN}. */
  record DurationEstimate(int percent, Duration remaining) {

    /**
     * Minimum time between changes of these figures, so that they do not cause a status write each
     * time that the run is reconciled.
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

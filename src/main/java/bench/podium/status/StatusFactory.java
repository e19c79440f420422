package bench.podium.status;

import bench.podium.api.v1alpha1.BenchmarkRunStatus;
import bench.podium.api.v1alpha1.DisplayStatus;
import bench.podium.api.v1alpha1.EnvironmentStatus;
import bench.podium.api.v1alpha1.Phase;
import bench.podium.api.v1alpha1.ProgressStatus;
import bench.podium.api.v1alpha1.ResultIndex;
import bench.podium.api.v1alpha1.RunCondition;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.domain.evaluation.Ranking;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.plan.RunPlan;
import bench.podium.status.RunSnapshot.Execution;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Builds the complete status of a run from a {@link RunSnapshot}, with every text and list
 * truncated to the bound of its field.
 */
public final class StatusFactory {

  private final Clock clock;

  public StatusFactory(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param before the current status; conditions whose status does not change keep their time
   */
  public BenchmarkRunStatus status(Optional<BenchmarkRunStatus> before, RunSnapshot snapshot) {
    Instant now = clock.instant();
    List<RunCondition> conditions =
        Conditions.of(snapshot, before.map(BenchmarkRunStatus::conditions).orElse(List.of()), now);
    return switch (snapshot.phase()) {
      case RunSnapshot.Phase.Rejected rejected ->
          bare(
              snapshot,
              Optional.empty(),
              Phase.FINISHED,
              conditions,
              Optional.of(new End(rejected.at(), Verdict.ERROR)));
      case RunSnapshot.Phase.Queued queued -> queued(before, snapshot, queued.plan(), conditions);
      case RunSnapshot.Phase.SuspendedBeforeStart suspendedBeforeStart ->
          bare(
              snapshot,
              Optional.of(suspendedBeforeStart.plan()),
              Phase.SUSPENDED,
              conditions,
              Optional.empty());
      case RunSnapshot.Phase.CancelledBeforeStart cancelledBeforeStart ->
          bare(
              snapshot,
              Optional.of(cancelledBeforeStart.plan()),
              Phase.FINISHED,
              conditions,
              Optional.of(new End(cancelledBeforeStart.at(), Verdict.INCONCLUSIVE)));
      case RunSnapshot.Phase.Resumed resumed ->
          resumed(before.orElseThrow(), snapshot, resumed.progress(), conditions);
      case RunSnapshot.Phase.BackedOff backedOff ->
          retained(
              before.orElseThrow(),
              snapshot,
              Phase.QUEUED,
              conditions,
              ProgressText.resumed(before.orElseThrow().progress(), backedOff.progress()));
      case RunSnapshot.Phase.Unplannable unplannable ->
          unplannable(
              before.orElseGet(
                  () ->
                      bare(
                          snapshot,
                          Optional.empty(),
                          Phase.FINISHED,
                          conditions,
                          Optional.empty())),
              snapshot,
              conditions,
              unplannable.at());
      case RunSnapshot.Phase.Active(Execution execution, var blockedBy) ->
          started(
              snapshot,
              execution,
              phase(execution),
              conditions,
              Optional.empty(),
              Optional.of(
                  ProgressText.write(execution, ProgressText.DurationEstimate.of(execution, now))));
      case RunSnapshot.Phase.Finished finished ->
          started(
              snapshot,
              finished.execution(),
              Phase.FINISHED,
              conditions,
              Optional.of(finished),
              Optional.empty());
    };
  }

  private static Phase phase(Execution execution) {
    if (execution.progress().pause().isOn()) {
      return Phase.SUSPENDED;
    }
    if (execution.progress().backoff().isOn()) {
      return Phase.QUEUED;
    }
    return execution.progress().t0().isPresent() || !execution.rows().isEmpty()
        ? Phase.RUNNING
        : Phase.PREPARING;
  }

  /** Status of a run that is queued, for the first time or after a suspension. */
  private static BenchmarkRunStatus queued(
      Optional<BenchmarkRunStatus> before,
      RunSnapshot snapshot,
      RunPlan plan,
      List<RunCondition> conditions) {
    return before
        .filter(old -> old.startTime() != null)
        .map(old -> retained(old, snapshot, Phase.QUEUED, conditions, old.progress()))
        .orElseGet(
            () -> bare(snapshot, Optional.of(plan), Phase.QUEUED, conditions, Optional.empty()));
  }

  private static BenchmarkRunStatus resumed(
      BenchmarkRunStatus before,
      RunSnapshot snapshot,
      Progress progress,
      List<RunCondition> conditions) {
    return retained(
        before,
        snapshot,
        Phase.PREPARING,
        conditions,
        ProgressText.resumed(before.progress(), progress));
  }

  /** Status of a run that has started and is not active: its results are taken from before. */
  private static BenchmarkRunStatus retained(
      BenchmarkRunStatus before,
      RunSnapshot snapshot,
      Phase phase,
      List<RunCondition> conditions,
      ProgressStatus progress) {
    return new BenchmarkRunStatus(
        snapshot.generation(),
        before.startTime(),
        null,
        before.plannedDuration(),
        phase,
        null,
        conditions,
        progress,
        before.environment(),
        before.ranking(),
        before.results(),
        before.display(),
        before.resultIndex());
  }

  /** End of a run that was never started. */
  private record End(Instant at, Verdict verdict) {}

  private static BenchmarkRunStatus bare(
      RunSnapshot snapshot,
      Optional<RunPlan> plan,
      Phase phase,
      List<RunCondition> conditions,
      Optional<End> ended) {
    return new BenchmarkRunStatus(
        snapshot.generation(),
        null,
        ended.map(end -> TimeText.seconds(end.at())).orElse(null),
        plan.map(known -> TimeText.wholeSeconds(known.planned())).orElse(null),
        phase,
        ended.map(End::verdict).orElse(null),
        conditions,
        null,
        plan.map(StatusFactory::environment).orElse(null),
        List.of(),
        List.of(),
        null,
        null);
  }

  /** Retains the results of the previous status: without a plan they cannot be rebuilt. */
  private static BenchmarkRunStatus unplannable(
      BenchmarkRunStatus before,
      RunSnapshot snapshot,
      List<RunCondition> conditions,
      Instant ended) {
    return new BenchmarkRunStatus(
        snapshot.generation(),
        before.startTime(),
        TimeText.seconds(ended),
        before.plannedDuration(),
        Phase.FINISHED,
        Verdict.ERROR,
        conditions,
        null,
        before.environment(),
        before.ranking(),
        before.results(),
        before.display(),
        before.resultIndex());
  }

  private static BenchmarkRunStatus started(
      RunSnapshot snapshot,
      Execution execution,
      Phase phase,
      List<RunCondition> conditions,
      Optional<RunSnapshot.Phase.Finished> finished,
      Optional<ProgressStatus> progress) {
    List<Ranking.RankEntry> ranking = Ranking.of(execution.rows(), execution.plan().slos());
    return new BenchmarkRunStatus(
        snapshot.generation(),
        TimeText.seconds(execution.startedAt()),
        finished.map(end -> TimeText.seconds(end.at())).orElse(null),
        TimeText.wholeSeconds(execution.plan().planned()),
        phase,
        finished.map(end -> ReasonMapper.verdict(end.verdict())).orElse(null),
        conditions,
        progress.orElse(null),
        environment(execution.plan()),
        ResultRows.ranking(ranking),
        ResultRows.of(execution.rows()),
        display(execution, ranking),
        execution.index().map(index -> new ResultIndex(index.name(), index.uid())).orElse(null));
  }

  private static EnvironmentStatus environment(RunPlan plan) {
    return new EnvironmentStatus("sha256:" + plan.environment().sha256());
  }

  private static DisplayStatus display(Execution execution, List<Ranking.RankEntry> ranking) {
    Optional<Ranking.RankEntry> best = ranking.stream().findFirst();
    return new DisplayStatus(
        best.map(Ranking.RankEntry::target).orElse(null),
        best.map(entry -> MetricFormat.throughput(entry.throughput())).orElse(null),
        best.filter(entry -> entry.latencyP99Micros() > 0)
            .map(entry -> MetricFormat.latency(entry.latencyP99Micros(), entry.latencyP99AtLeast()))
            .orElse(null),
        "%d/%d".formatted(execution.rows().size(), execution.plan().steps().size()));
  }
}

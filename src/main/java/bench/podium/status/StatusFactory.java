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
 * Makes a run's whole status from what is known of it, with every text and list cut to the bound of
 * its field.
 */
public final class StatusFactory {

  private final Clock clock;

  public StatusFactory(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param before the status that stands; conditions that say the same keep their time
   */
  public BenchmarkRunStatus status(Optional<BenchmarkRunStatus> before, RunSnapshot view) {
    Instant now = clock.instant();
    List<RunCondition> conditions =
        Conditions.of(view, before.map(BenchmarkRunStatus::conditions).orElse(List.of()), now);
    return switch (view.phase()) {
      case RunSnapshot.Phase.Rejected rejected ->
          bare(
              view,
              Optional.empty(),
              Phase.FINISHED,
              conditions,
              Optional.of(new End(rejected.at(), Verdict.ERROR)));
      case RunSnapshot.Phase.Queued queued -> queued(before, view, queued.plan(), conditions);
      case RunSnapshot.Phase.SuspendedBeforeStart suspendedBeforeStart ->
          bare(
              view,
              Optional.of(suspendedBeforeStart.plan()),
              Phase.SUSPENDED,
              conditions,
              Optional.empty());
      case RunSnapshot.Phase.CancelledBeforeStart cancelledBeforeStart ->
          bare(
              view,
              Optional.of(cancelledBeforeStart.plan()),
              Phase.FINISHED,
              conditions,
              Optional.of(new End(cancelledBeforeStart.at(), Verdict.INCONCLUSIVE)));
      case RunSnapshot.Phase.Resumed resumed ->
          resumed(before.orElseThrow(), view, resumed.progress(), conditions);
      case RunSnapshot.Phase.BackedOff backedOff ->
          kept(
              before.orElseThrow(),
              view,
              Phase.QUEUED,
              conditions,
              ProgressText.resumed(before.orElseThrow().progress(), backedOff.progress()));
      case RunSnapshot.Phase.Unplannable abandoned ->
          abandoned(
              before.orElseGet(
                  () -> bare(view, Optional.empty(), Phase.FINISHED, conditions, Optional.empty())),
              view,
              conditions,
              abandoned.at());
      case RunSnapshot.Phase.Active(Execution execution, var blockedBy) ->
          started(
              view,
              execution,
              phase(execution),
              conditions,
              Optional.empty(),
              Optional.of(
                  ProgressText.write(execution, ProgressText.DurationEstimate.of(execution, now))));
      case RunSnapshot.Phase.Finished finished ->
          started(
              view,
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

  /** For the first time, or again after it was suspended. */
  private static BenchmarkRunStatus queued(
      Optional<BenchmarkRunStatus> before,
      RunSnapshot view,
      RunPlan plan,
      List<RunCondition> conditions) {
    return before
        .filter(old -> old.startTime() != null)
        .map(old -> kept(old, view, Phase.QUEUED, conditions, old.progress()))
        .orElseGet(() -> bare(view, Optional.of(plan), Phase.QUEUED, conditions, Optional.empty()));
  }

  private static BenchmarkRunStatus resumed(
      BenchmarkRunStatus before,
      RunSnapshot view,
      Progress progress,
      List<RunCondition> conditions) {
    return kept(
        before,
        view,
        Phase.PREPARING,
        conditions,
        ProgressText.resumed(before.progress(), progress));
  }

  /** Of a run that has started and is not at work: nothing of it is read anew. */
  private static BenchmarkRunStatus kept(
      BenchmarkRunStatus before,
      RunSnapshot view,
      Phase phase,
      List<RunCondition> conditions,
      ProgressStatus progress) {
    return new BenchmarkRunStatus(
        view.generation(),
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

  /** Of a run that never started. */
  private record End(Instant at, Verdict verdict) {}

  private static BenchmarkRunStatus bare(
      RunSnapshot view,
      Optional<RunPlan> plan,
      Phase phase,
      List<RunCondition> conditions,
      Optional<End> ended) {
    return new BenchmarkRunStatus(
        view.generation(),
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

  /** All that was written of it before stays: without a plan nothing of it can be made anew. */
  private static BenchmarkRunStatus abandoned(
      BenchmarkRunStatus before, RunSnapshot view, List<RunCondition> conditions, Instant ended) {
    return new BenchmarkRunStatus(
        view.generation(),
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
      RunSnapshot view,
      Execution execution,
      Phase phase,
      List<RunCondition> conditions,
      Optional<RunSnapshot.Phase.Finished> finished,
      Optional<ProgressStatus> progress) {
    List<Ranking.RankEntry> places = Ranking.of(execution.rows(), execution.plan().slos());
    return new BenchmarkRunStatus(
        view.generation(),
        TimeText.seconds(execution.startedAt()),
        finished.map(end -> TimeText.seconds(end.at())).orElse(null),
        TimeText.wholeSeconds(execution.plan().planned()),
        phase,
        finished.map(end -> ReasonMapper.verdict(end.verdict())).orElse(null),
        conditions,
        progress.orElse(null),
        environment(execution.plan()),
        ResultRows.places(places),
        ResultRows.of(execution.rows()),
        display(execution, places),
        execution.index().map(index -> new ResultIndex(index.name(), index.uid())).orElse(null));
  }

  private static EnvironmentStatus environment(RunPlan plan) {
    return new EnvironmentStatus("sha256:" + plan.environment().sha256());
  }

  private static DisplayStatus display(Execution execution, List<Ranking.RankEntry> places) {
    Optional<Ranking.RankEntry> best = places.stream().findFirst();
    return new DisplayStatus(
        best.map(Ranking.RankEntry::target).orElse(null),
        best.map(place -> MetricFormat.throughput(place.throughput())).orElse(null),
        best.filter(place -> place.latencyP99Micros() > 0)
            .map(place -> MetricFormat.latency(place.latencyP99Micros(), place.latencyP99AtLeast()))
            .orElse(null),
        "%d/%d".formatted(execution.rows().size(), execution.plan().steps().size()));
  }
}

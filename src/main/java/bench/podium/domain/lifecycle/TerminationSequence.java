package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.StepAssessment;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Ends the load of a terminated attempt before anything else: before the next attempt is scheduled,
 * and before the end of the step is written, so that the record contains all requests that were
 * sent.
 */
final class TerminationSequence {

  private static final String EARLIER_STEP_DELETED = "the entry of an earlier step is missing";

  private final RunPlan plan;
  private final Progress progress;
  private final RunObservation observed;
  private final Instant now;

  TerminationSequence(RunPlan plan, Progress progress, RunObservation observed, Instant now) {
    this.plan = plan;
    this.progress = progress;
    this.observed = observed;
    this.now = now;
  }

  /**
   * The actions before the run finishes.
   *
   * @return empty when no load is running
   */
  List<RunAction> beforeFinish(RunAction.FinishRun end) {
    if (isInProgress()) {
      Progress terminated = progress.abandon(plan, now, end.message());
      return List.of(new RunAction.FailStep(terminated, end.message()));
    }
    return loadTermination().map(LoadTermination::decideBeforeFinish).orElse(List.of());
  }

  /** The actions before the pods of a suspended run are deleted; empty when they may be deleted. */
  List<RunAction> beforeTearDown() {
    return loadTermination()
        .map(LoadTermination::decide)
        .filter(
            decisions ->
                decisions.getFirst() instanceof RunAction.Write
                    || !loadTermination().orElseThrow().hasWaitedLongEnough())
        .orElse(List.of());
  }

  /**
   * The actions before the next attempt.
   *
   * @param next the next actions otherwise; those that prepare workers and target are carried out
   *     meanwhile
   */
  List<RunAction> beforeNext(Supplier<List<RunAction>> next) {
    Optional<LoadTermination> loadTermination = loadTermination();
    if (loadTermination.isPresent()) {
      return withPreparation(loadTermination.get().decide(), next);
    }
    return progress
        .attempt()
        .end()
        .filter(end -> !isRecorded(plan.steps().get(progress.step())))
        .map(this::carryOut)
        .orElseGet(() -> next.get().stream().map(this::terminateFirst).toList());
  }

  private List<RunAction> withPreparation(List<RunAction> first, Supplier<List<RunAction>> next) {
    if (first.getFirst() instanceof RunAction.Write || progress.attempt().end().isPresent()) {
      return first;
    }
    List<RunAction> decisions = new ArrayList<>(first);
    next.get().stream().filter(TerminationSequence::isPreparation).forEach(decisions::add);
    return decisions;
  }

  /** Actions that schedule an attempt or end the step are decided again once the load has ended. */
  private static boolean isPreparation(RunAction decision) {
    return !(decision instanceof RunAction.ScheduleAttempt
        || decision instanceof RunAction.FailTarget
        || decision instanceof RunAction.RecordCrash
        || decision instanceof RunAction.FinishRun
        || decision instanceof RunAction.AdvanceStep);
  }

  /** Replaces an action that ends the step by the termination of the attempt in progress. */
  private RunAction terminateFirst(RunAction decision) {
    return switch (decision) {
      case RunAction.FinishRun end when isInProgress() ->
          failStep(new StepFailure.RunFailed(end.reason(), end.verdict(), end.message()));
      case RunAction.FailTarget(List<Row> rows) when isInProgress() -> {
        Row row = rows.getFirst();
        yield failStep(
            new StepFailure.TargetFailed(
                row.reason(), row.message(), row.restarts(), row.oomKills()));
      }
      case RunAction.FailTarget(List<Row> rows) ->
          new RunAction.FailTarget(withHistory(rows.stream()));
      case RunAction.AdvanceStep advance when isInProgress() ->
          new RunAction.FailStep(
              progress.abandon(plan, now, EARLIER_STEP_DELETED), EARLIER_STEP_DELETED);
      default -> decision;
    };
  }

  private RunAction failStep(StepFailure end) {
    return new RunAction.FailStep(progress.failStep(plan, now, end), end.message());
  }

  private List<RunAction> carryOut(StepFailure end) {
    return switch (end) {
      case StepFailure.RunFailed(var reason, var verdict, String message) ->
          List.of(new RunAction.FinishRun(reason, verdict, message));
      case StepFailure.TargetFailed(var reason, String message, int restarts, int oomKills) -> {
        String target = plan.steps().get(progress.step()).target();
        Stream<Row> rows =
            plan.steps().stream()
                .filter(step -> step.target().equals(target))
                .filter(step -> !isRecorded(step))
                .map(step -> StepAssessment.failed(step, reason, message, restarts, oomKills));
        yield List.of(new RunAction.FailTarget(withHistory(rows)));
      }
    };
  }

  private List<Row> withHistory(Stream<Row> rows) {
    return rows.map(
            row -> row.step() == progress.step() ? row.with(progress.attempt().history()) : row)
        .toList();
  }

  /** Whether an attempt is scheduled and its step is not recorded. */
  private boolean isInProgress() {
    return progress.t0().isPresent() && !isRecorded(plan.steps().get(progress.step()));
  }

  private boolean isRecorded(Step step) {
    return observed.rows().stream().anyMatch(row -> row.step() == step.index());
  }

  private Optional<LoadTermination> loadTermination() {
    return progress
        .ending()
        .map(ending -> new LoadTermination(plan, progress, ending, observed, now));
  }
}

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

  private static final String STEP_BEFORE_IS_GONE = "the entry of an earlier step is not there";

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
  List<RunAction> beforeTheEnd(RunAction.FinishRun end) {
    if (isInProgress()) {
      Progress given = progress.abandon(plan, now, end.message());
      return List.of(new RunAction.FailStep(given, end.message()));
    }
    return ending().map(LoadTermination::decideAtLast).orElse(List.of());
  }

  /** The actions before the pods of a suspended run are deleted; empty when they may be deleted. */
  List<RunAction> beforeTakingDown() {
    return ending()
        .map(LoadTermination::decide)
        .filter(
            decisions ->
                decisions.getFirst() instanceof RunAction.Write || !ending().orElseThrow().isLate())
        .orElse(List.of());
  }

  /**
   * The actions before the next attempt.
   *
   * @param next the next actions otherwise; those that prepare workers and target are carried out
   *     meanwhile
   */
  List<RunAction> first(Supplier<List<RunAction>> next) {
    Optional<LoadTermination> ending = ending();
    if (ending.isPresent()) {
      return meanwhile(ending.get().decide(), next);
    }
    return progress
        .atHand()
        .end()
        .filter(end -> !isRecorded(plan.steps().get(progress.step())))
        .map(this::carriedOut)
        .orElseGet(() -> next.get().stream().map(this::complete).toList());
  }

  private List<RunAction> meanwhile(List<RunAction> first, Supplier<List<RunAction>> next) {
    if (first.getFirst() instanceof RunAction.Write || progress.atHand().end().isPresent()) {
      return first;
    }
    List<RunAction> decisions = new ArrayList<>(first);
    next.get().stream().filter(TerminationSequence::mayComeFirst).forEach(decisions::add);
    return decisions;
  }

  /** Actions that schedule an attempt or end the step are decided again once the load has ended. */
  private static boolean mayComeFirst(RunAction decision) {
    return !(decision instanceof RunAction.ScheduleAttempt
        || decision instanceof RunAction.FailTarget
        || decision instanceof RunAction.RecordCrash
        || decision instanceof RunAction.FinishRun
        || decision instanceof RunAction.AdvanceStep);
  }

  private RunAction complete(RunAction decision) {
    return switch (decision) {
      case RunAction.FinishRun end when isInProgress() ->
          giveUp(new StepFailure.RunEnds(end.reason(), end.verdict(), end.message()));
      case RunAction.FailTarget(List<Row> rows) when isInProgress() -> {
        Row row = rows.getFirst();
        yield giveUp(
            new StepFailure.TargetTerminations(
                row.reason(), row.message(), row.restarts(), row.oomKills()));
      }
      case RunAction.FailTarget(List<Row> rows) ->
          new RunAction.FailTarget(withHistory(rows.stream()));
      case RunAction.AdvanceStep advance when isInProgress() ->
          new RunAction.FailStep(
              progress.abandon(plan, now, STEP_BEFORE_IS_GONE), STEP_BEFORE_IS_GONE);
      default -> decision;
    };
  }

  private RunAction giveUp(StepFailure end) {
    return new RunAction.FailStep(progress.endStep(plan, now, end), end.message());
  }

  private List<RunAction> carriedOut(StepFailure end) {
    return switch (end) {
      case StepFailure.RunEnds(var reason, var verdict, String message) ->
          List.of(new RunAction.FinishRun(reason, verdict, message));
      case StepFailure.TargetTerminations(
              var reason,
              String message,
              int restarts,
              int oomKills) -> {
        String target = plan.steps().get(progress.step()).target();
        Stream<Row> rows =
            plan.steps().stream()
                .filter(step -> step.target().equals(target))
                .filter(step -> !isRecorded(step))
                .map(step -> StepAssessment.ended(step, reason, message, restarts, oomKills));
        yield List.of(new RunAction.FailTarget(withHistory(rows)));
      }
    };
  }

  private List<Row> withHistory(Stream<Row> rows) {
    return rows.map(
            row -> row.step() == progress.step() ? row.with(progress.atHand().history()) : row)
        .toList();
  }

  /** Whether an attempt is scheduled and its step is not recorded. */
  private boolean isInProgress() {
    return progress.t0().isPresent() && !isRecorded(plan.steps().get(progress.step()));
  }

  private boolean isRecorded(Step step) {
    return observed.rows().stream().anyMatch(row -> row.step() == step.index());
  }

  private Optional<LoadTermination> ending() {
    return progress
        .ending()
        .map(ending -> new LoadTermination(plan, progress, ending, observed, now));
  }
}

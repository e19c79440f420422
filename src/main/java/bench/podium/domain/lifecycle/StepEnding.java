package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.Row;
import bench.podium.domain.judge.StepAssessment;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What comes first: the load of an attempt that was given up is over before the next is scheduled,
 * and before what ends the step is written, so that all it sent stands there, too.
 */
final class StepEnding {

  private static final String STEP_BEFORE_IS_GONE = "the entry of an earlier step is not there";

  private final RunPlan plan;
  private final Progress progress;
  private final Observation seen;
  private final Instant now;

  StepEnding(RunPlan plan, Progress progress, Observation seen, Instant now) {
    this.plan = plan;
    this.progress = progress;
    this.seen = seen;
    this.now = now;
  }

  /**
   * Before the run ends.
   *
   * @return empty when no load is on
   */
  List<Decision> beforeTheEnd(Decision.FinishRun end) {
    if (isUnderWay()) {
      Progress given = progress.abandon(plan, now, end.message());
      return List.of(new Decision.GiveUpStep(given, end.message()));
    }
    return ending().map(EndingLoad::decideAtLast).orElse(List.of());
  }

  /** Before the pods of a run that was suspended go; empty when they may. */
  List<Decision> beforeTakingDown() {
    return ending()
        .map(EndingLoad::decide)
        .filter(
            decisions ->
                decisions.getFirst() instanceof Decision.Write || !ending().orElseThrow().isLate())
        .orElse(List.of());
  }

  /**
   * Before the next attempt.
   *
   * @param next what would be done next; load pods and target may be made ready meanwhile
   */
  List<Decision> first(Supplier<List<Decision>> next) {
    Optional<EndingLoad> ending = ending();
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

  private List<Decision> meanwhile(List<Decision> first, Supplier<List<Decision>> next) {
    if (first.getFirst() instanceof Decision.Write || progress.atHand().end().isPresent()) {
      return first;
    }
    List<Decision> decisions = new ArrayList<>(first);
    next.get().stream().filter(StepEnding::mayComeFirst).forEach(decisions::add);
    return decisions;
  }

  /** What schedules an attempt or ends the step is decided anew once the load is over. */
  private static boolean mayComeFirst(Decision decision) {
    return !(decision instanceof Decision.IntendStep
        || decision instanceof Decision.EndTarget
        || decision instanceof Decision.RecordCrash
        || decision instanceof Decision.FinishRun
        || decision instanceof Decision.AdvanceStep);
  }

  private Decision complete(Decision decision) {
    return switch (decision) {
      case Decision.FinishRun end when isUnderWay() ->
          giveUp(new StepEnd.RunEnds(end.reason(), end.verdict(), end.message()));
      case Decision.EndTarget(List<Row> rows) when isUnderWay() -> {
        Row row = rows.getFirst();
        yield giveUp(
            new StepEnd.TargetEnds(row.reason(), row.message(), row.restarts(), row.oomKills()));
      }
      case Decision.EndTarget(List<Row> rows) -> new Decision.EndTarget(withHistory(rows.stream()));
      case Decision.AdvanceStep advance when isUnderWay() ->
          new Decision.GiveUpStep(
              progress.abandon(plan, now, STEP_BEFORE_IS_GONE), STEP_BEFORE_IS_GONE);
      default -> decision;
    };
  }

  private Decision giveUp(StepEnd end) {
    return new Decision.GiveUpStep(progress.endStep(plan, now, end), end.message());
  }

  private List<Decision> carriedOut(StepEnd end) {
    return switch (end) {
      case StepEnd.RunEnds(var reason, var verdict, String message) ->
          List.of(new Decision.FinishRun(reason, verdict, message));
      case StepEnd.TargetEnds(var reason, String message, int restarts, int oomKills) -> {
        String target = plan.steps().get(progress.step()).target();
        Stream<Row> rows =
            plan.steps().stream()
                .filter(step -> step.target().equals(target))
                .filter(step -> !isRecorded(step))
                .map(step -> StepAssessment.ended(step, reason, message, restarts, oomKills));
        yield List.of(new Decision.EndTarget(withHistory(rows)));
      }
    };
  }

  private List<Row> withHistory(Stream<Row> rows) {
    return rows.map(
            row -> row.step() == progress.step() ? row.with(progress.atHand().history()) : row)
        .toList();
  }

  /** An attempt was scheduled, and its step is not recorded. */
  private boolean isUnderWay() {
    return progress.t0().isPresent() && !isRecorded(plan.steps().get(progress.step()));
  }

  private boolean isRecorded(Step step) {
    return seen.rows().stream().anyMatch(row -> row.step() == step.index());
  }

  private Optional<EndingLoad> ending() {
    return progress.ending().map(ending -> new EndingLoad(plan, progress, ending, seen, now));
  }
}

package bench.podium.domain.evaluation;

import bench.podium.domain.measurement.Violation;
import bench.podium.domain.plan.Step;
import java.util.List;
import java.util.Optional;

/**
 * What one step amounts to.
 *
 * @param step index in the plan
 * @param figures absent where the step could not be measured
 * @param message for a person; empty where all is well
 * @param attempts that it took, the recorded one included; 0 where none was recorded
 * @param restarts of the target's containers
 * @param oomKills among them
 * @param history of a step without figures: what its attempts sent. Otherwise absent: it stands
 *     with the step's data
 */
public record Row(
    int step,
    String target,
    String stage,
    Optional<StepMetrics> figures,
    RowReason reason,
    String message,
    List<Violation> violations,
    List<String> warnings,
    int attempts,
    int restarts,
    int oomKills,
    Verdict verdict,
    Optional<AttemptHistory> history) {

  /** A row without a history of attempts. */
  public Row(
      int step,
      String target,
      String stage,
      Optional<StepMetrics> figures,
      RowReason reason,
      String message,
      List<Violation> violations,
      List<String> warnings,
      int attempts,
      int restarts,
      int oomKills,
      Verdict verdict) {
    this(
        step,
        target,
        stage,
        figures,
        reason,
        message,
        violations,
        warnings,
        attempts,
        restarts,
        oomKills,
        verdict,
        Optional.empty());
  }

  public Row {
    violations = List.copyOf(violations);
    warnings = List.copyOf(warnings);
  }

  /** A row of a step that could not be measured for its target's fault. */
  public static Row notMeasured(Step step, RowReason reason, String message) {
    return new Row(
        step.index(),
        step.target(),
        step.stage().name(),
        Optional.empty(),
        reason,
        message,
        List.of(),
        List.of(),
        0,
        0,
        0,
        Verdict.ERROR);
  }

  /** The same row, of a target that has restarted. */
  public Row withRestarts(int times, int outOfMemory) {
    return new Row(
        step,
        target,
        stage,
        figures,
        reason,
        message,
        violations,
        warnings,
        attempts,
        times,
        outOfMemory,
        verdict,
        history);
  }

  /** The same row, of a step whose attempts all came to nothing. */
  public Row with(AttemptHistory attemptsMade) {
    return new Row(
        step,
        target,
        stage,
        figures,
        reason,
        message,
        violations,
        warnings,
        attempts,
        restarts,
        oomKills,
        verdict,
        Optional.of(attemptsMade));
  }

  public boolean measured() {
    return figures.isPresent();
  }

  /** Whether its figures may be shown outside of it: sound, decided, and of a target that works. */
  public boolean trusted() {
    return verdict != Verdict.INCONCLUSIVE && figures.filter(StepMetrics::hasGoodReply).isPresent();
  }

  /** It restarted in every attempt, or in one and was not ready again. */
  public boolean attemptsExhausted() {
    return reason == RowReason.TARGET_RESTARTED;
  }
}

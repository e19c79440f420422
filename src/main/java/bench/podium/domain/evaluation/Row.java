package bench.podium.domain.evaluation;

import bench.podium.domain.measurement.Violation;
import bench.podium.domain.plan.Step;
import java.util.List;
import java.util.Optional;

/**
 * The result of one step.
 *
 * @param step index in the plan
 * @param figures absent where the step was not measured
 * @param message why the verdict is not {@code PASSED}; empty where it is
 * @param attempts number of attempts that count against the limit, the recorded one included; 0
 *     where none was recorded
 * @param restarts number of restarts of the target's containers
 * @param oomKills number of OOM kills among the restarts
 * @param history the attempts of a step without figures; otherwise absent, because it is stored
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

  /** A row without a history. */
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

  /** The row of a step that was not measured because its target failed. */
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

  /** The same row with the number of restarts of its target. */
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

  /** The same row with the history of the step's attempts. */
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

  /**
   * Whether its figures may be used in a ranking: no check is violated, each SLO is decided, and
   * the target gave a good reply.
   */
  public boolean trusted() {
    return verdict != Verdict.INCONCLUSIVE && figures.filter(StepMetrics::hasGoodReply).isPresent();
  }

  /** Whether its target restarted in every attempt, or restarted and did not become ready again. */
  public boolean attemptsExhausted() {
    return reason == RowReason.TARGET_RESTARTED;
  }
}

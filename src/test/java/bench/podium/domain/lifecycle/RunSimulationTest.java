package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.Verdict;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Complete runs, undisturbed and with an operator that crashes. */
class RunSimulationTest {

  @Test
  void recordsEachStepOnceAndCompletes() {
    // Given
    SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 1);

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(end.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(operator.cluster().rows()).extracting(Row::step).containsExactly(0, 1, 2, 3);
    assertThat(operator.actions(RunAction.RecordStep.class)).hasSize(4);
    assertThat(operator.actions(RunAction.DeleteTarget.class))
        .extracting(RunAction.DeleteTarget::target)
        .containsOnly("gin");
  }

  @Test
  void keepsTheCoolDownBetweenSteps() {
    // Given
    SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 2);

    // When
    operator.runToEnd();

    // Then
    List<Progress> starts =
        operator.actions(RunAction.ScheduleAttempt.class).stream()
            .map(RunAction.ScheduleAttempt::next)
            .toList();
    Duration apart =
        Timing.load(PlanFixture.plan().load(), PlanFixture.plan().steps().getFirst())
            .plus(PlanFixture.COOLDOWN);
    for (int i = 1; i < starts.size(); i++) {
      assertThat(Duration.between(t0(starts.get(i - 1)), t0(starts.get(i))))
          .isGreaterThanOrEqualTo(apart);
    }
  }

  @Test
  void leavesTheSameRowsIfTheOperatorCrashesAtAnyAction() {
    // Given
    SimulatedOperator undisturbed = new SimulatedOperator(PlanFixture.plan(), 3);
    undisturbed.runToEnd();
    int actions = undisturbed.actions().size();

    for (int action = 0; action < actions; action++) {
      for (double away : new double[] {0.05, 1, 4, 40, 200}) {
        int at = action;
        SimulatedOperator operator =
            new SimulatedOperator(PlanFixture.plan(), 3)
                .crashing(each -> each == at, PlanFixture.seconds(away));

        // When
        RunAction.FinishRun end = operator.runToEnd();

        // Then
        assertThat(end.reason()).as("%d, %s", action, away).isEqualTo(FinishReason.COMPLETED);
        assertSameRowsEachRunOnce(operator, undisturbed.cluster().rows());
      }
    }
  }

  @Property(tries = 150)
  void leavesTheSameRowsIfTheOperatorCrashesRepeatedly(
      @ForAll long seed, @ForAll @IntRange(min = 5, max = 12) int every) {
    // Given
    SimulatedOperator undisturbed = new SimulatedOperator(PlanFixture.plan(), seed);
    undisturbed.runToEnd();
    SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), seed);
    Duration away = operator.time().between(0.01, 8);
    operator.crashing(action -> action % every == 2, away);

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).as(end.message()).isEqualTo(FinishReason.COMPLETED);
    assertSameRowsEachRunOnce(operator, undisturbed.cluster().rows());
  }

  private static void assertSameRowsEachRunOnce(SimulatedOperator operator, List<Row> rows) {
    assertThat(operator.actions(RunAction.DiscardAttempt.class))
        .as("a crash of the operator counts against no limit")
        .isEmpty();
    assertThat(operator.cluster().rows()).isEqualTo(rows);
    assertThat(operator.cluster().allPods())
        .allSatisfy(pod -> assertThat(pod.runs()).doesNotHaveDuplicates());
  }

  private static java.time.Instant t0(Progress progress) {
    return progress.t0().orElseThrow();
  }
}

package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.Row;
import bench.podium.domain.judge.Verdict;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whole runs: undisturbed, and with an operator that dies. */
class RunSimulationTest {

  @Test
  void recordsEachStepOnceAndCompletes() {
    // Given
    SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 1);

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertThat(end.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(operator.cluster().rows()).extracting(Row::step).containsExactly(0, 1, 2, 3);
    assertThat(operator.arrows(Decision.RecordStep.class)).hasSize(4);
    assertThat(operator.arrows(Decision.RemoveTarget.class))
        .extracting(Decision.RemoveTarget::target)
        .containsOnly("gin");
  }

  @Test
  void keepsTheCoolDownBetweenSteps() {
    // Given
    SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 2);

    // When
    operator.play();

    // Then
    List<Progress> starts =
        operator.arrows(Decision.IntendStep.class).stream().map(Decision.IntendStep::next).toList();
    Duration apart =
        Timing.load(PlanFixture.plan().load(), PlanFixture.plan().steps().getFirst())
            .plus(PlanFixture.COOLDOWN);
    for (int i = 1; i < starts.size(); i++) {
      assertThat(Duration.between(t0(starts.get(i - 1)), t0(starts.get(i))))
          .isGreaterThanOrEqualTo(apart);
    }
  }

  @Test
  void anOperatorThatDiesAtAnyArrowLeavesTheSameRows() {
    // Given
    SimulatedOperator undisturbed = new SimulatedOperator(PlanFixture.plan(), 3);
    undisturbed.play();
    int arrows = undisturbed.arrows().size();

    for (int arrow = 0; arrow < arrows; arrow++) {
      for (double away : new double[] {0.05, 1, 4, 40, 200}) {
        int at = arrow;
        SimulatedOperator operator =
            new SimulatedOperator(PlanFixture.plan(), 3)
                .dying(each -> each == at, PlanFixture.seconds(away));

        // When
        Decision.FinishRun end = operator.play();

        // Then
        assertThat(end.reason()).as("%d, %s", arrow, away).isEqualTo(FinishReason.COMPLETED);
        assertSameRowsEachRunOnce(operator, undisturbed.cluster().rows());
      }
    }
  }

  @Property(tries = 150)
  void anOperatorThatDiesAgainAndAgainLeavesTheSameRows(
      @ForAll long seed, @ForAll @IntRange(min = 5, max = 12) int every) {
    // Given
    SimulatedOperator undisturbed = new SimulatedOperator(PlanFixture.plan(), seed);
    undisturbed.play();
    SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), seed);
    Duration away = operator.time().between(0.01, 8);
    operator.dying(arrow -> arrow % every == 2, away);

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(end.reason()).as(end.message()).isEqualTo(FinishReason.COMPLETED);
    assertSameRowsEachRunOnce(operator, undisturbed.cluster().rows());
  }

  private static void assertSameRowsEachRunOnce(SimulatedOperator operator, List<Row> rows) {
    assertThat(operator.arrows(Decision.VoidAttempt.class))
        .as("an operator's death counts against no limit")
        .isEmpty();
    assertThat(operator.cluster().rows()).isEqualTo(rows);
    assertThat(operator.cluster().allPods())
        .allSatisfy(pod -> assertThat(pod.runs()).doesNotHaveDuplicates());
  }

  private static java.time.Instant t0(Progress progress) {
    return progress.t0().orElseThrow();
  }
}

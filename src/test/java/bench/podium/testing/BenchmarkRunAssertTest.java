package bench.podium.testing;

import static bench.podium.testing.BenchmarkRunAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.ConditionStatus;
import bench.podium.api.v1alpha1.Verdict;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The assertions compare with the status, and their failure messages list the conditions. */
class BenchmarkRunAssertTest {

  private static final BenchmarkRun RUN =
      Serialization.unmarshal(
          """
          metadata: {name: shop}
          status:
            verdict: Failed
            conditions:
            - {type: Finished, status: "True", reason: Completed, message: all steps are recorded}
            - {type: Stalled, status: "False", reason: Progressing, message: on its way}
          """,
          BenchmarkRun.class);

  @Test
  void acceptsWhatIsInTheStatus() {
    // When
    BenchmarkRunAssert checked =
        assertThat(RUN)
            .hasVerdict(Verdict.FAILED)
            .isFinishedWith("Completed")
            .hasCondition("Stalled", ConditionStatus.FALSE, "Progressing")
            .hasCondition("Stalled", ConditionStatus.FALSE)
            .hasConditionReason("Stalled", "Progressing")
            .hasConditionMessage("Finished", "all steps are recorded")
            .doesNotHaveTrueCondition("Stalled")
            .doesNotHaveTrueCondition("Ready");

    // Then
    assertThat(checked).isNotNull();
  }

  @Test
  void failsWithAMessageThatListsTheActualConditions() {
    // Given
    List<Consumer<BenchmarkRunAssert>> wrong =
        List.of(
            run -> run.hasVerdict(Verdict.PASSED),
            run -> run.isFinishedWith("Cancelled"),
            run -> run.hasCondition("Stalled", ConditionStatus.TRUE, "Progressing"),
            run -> run.hasCondition("Stalled", ConditionStatus.TRUE),
            run -> run.hasConditionReason("Ready", "Ready"),
            run -> run.hasConditionMessage("Finished", "cancelled"),
            run -> run.doesNotHaveTrueCondition("Finished"));

    // Then
    assertThat(wrong)
        .allSatisfy(
            check ->
                assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> check.accept(assertThat(RUN)))
                    .withMessageContaining("its verdict is FAILED")
                    .withMessageContaining("Finished=True Completed: all steps are recorded")
                    .withMessageContaining("Stalled=False Progressing: on its way"));
  }

  @Test
  void failsForARunWithoutAStatus() {
    // Given
    BenchmarkRun run = Serialization.unmarshal("metadata: {name: shop}", BenchmarkRun.class);

    // Then
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(run).isFinishedWith("Completed"))
        .withMessageContaining("Expected run shop to have condition Finished=True Completed");
  }
}

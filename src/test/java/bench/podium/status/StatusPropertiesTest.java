package bench.podium.status;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRunStatus;
import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.ConditionStatus;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.RunCondition;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.measurement.ConsistencyCheck;
import bench.podium.domain.plan.Stage;
import bench.podium.domain.plan.Step;
import bench.podium.status.ProgressText.DurationEstimate;
import bench.podium.status.RunSnapshot.Execution;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Properties of every status, whatever its input. */
class StatusPropertiesTest {

  private static final Set<String> REASONS =
      Arrays.stream(Reason.values()).map(Reason::text).collect(Collectors.toSet());
  private static final Set<String> CHECKS =
      Arrays.stream(ConsistencyCheck.values())
          .map(ConsistencyCheck::reason)
          .collect(Collectors.toSet());

  private final StatusFactory factory =
      new StatusFactory(Clock.fixed(PlanFixture.START.plusSeconds(90), ZoneOffset.UTC));

  @Property(tries = 60)
  void hasAllConditionsWithKnownReasonsOnly(@ForAll Random random) {
    // Given
    RunSnapshot snapshot = new AnyRunSnapshot(random).snapshot();

    // When
    BenchmarkRunStatus status = factory.status(Optional.empty(), snapshot);

    // Then
    assertThat(status.conditions())
        .extracting(RunCondition::type)
        .containsExactlyElementsOf(
            Stream.of(ConditionType.values()).map(ConditionType::text).toList());
    assertThat(status.conditions())
        .allSatisfy(
            condition ->
                assertThat(condition.reason())
                    .as(condition.type())
                    .isIn(reasons(condition.type())));
    assertThat(status.results())
        .extracting(ResultRow::reason)
        .allMatch(reason -> reason.equals("Measured") || REASONS.contains(reason));
    assertThat(status.results().stream().flatMap(row -> row.violations().stream()).toList())
        .allMatch(check -> CHECKS.contains(check.check()));
  }

  private static List<String> reasons(String condition) {
    return Stream.of(ConditionType.values())
        .filter(type -> type.text().equals(condition))
        .flatMap(type -> ConditionReasons.of(type).stream())
        .map(Reason::text)
        .toList();
  }

  @Property(tries = 60)
  void isFinishedAtEveryEndAndHasExactlyOneKstatusCondition(@ForAll Random random) {
    // Given
    RunSnapshot snapshot = new AnyRunSnapshot(random).snapshot();
    boolean finished =
        switch (snapshot.phase()) {
          case RunSnapshot.Phase.Rejected _,
              RunSnapshot.Phase.CancelledBeforeStart _,
              RunSnapshot.Phase.Unplannable _,
              RunSnapshot.Phase.Finished _ ->
              true;
          case RunSnapshot.Phase.Queued _,
              RunSnapshot.Phase.SuspendedBeforeStart _,
              RunSnapshot.Phase.Resumed _,
              RunSnapshot.Phase.BackedOff _,
              RunSnapshot.Phase.Active _ ->
              false;
        };

    // When
    BenchmarkRunStatus status = factory.status(Optional.empty(), snapshot);

    // Then
    assertThat(is(status, ConditionType.FINISHED)).isEqualTo(finished);
    assertThat(is(status, ConditionType.RECONCILING)).isEqualTo(!finished);
    assertThat(
            Stream.of(ConditionType.READY, ConditionType.RECONCILING, ConditionType.STALLED)
                .filter(type -> is(status, type)))
        .hasSize(1);
    assertThat(status.verdict() != null).isEqualTo(finished);
    assertThat(status.completionTime() != null).isEqualTo(finished);
  }

  @Property(tries = 60)
  void staysWithinTheSizeLimitWhateverItsTexts(@ForAll Random random) {
    // Given
    RunSnapshot snapshot = new AnyRunSnapshot(random).snapshot();

    // When
    BenchmarkRunStatus status = factory.status(Optional.empty(), snapshot);

    // Then
    assertThat(Serialization.asJson(status).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(Bounds.STATUS_BYTES);
  }

  @Test
  void truncatesLongMessagesOfAHundredRowsEvenlyAndSaysSo() {
    // Given
    Stage stage = PlanFixture.plan().steps().getFirst().stage();
    List<Row> rows =
        IntStream.range(0, 100)
            .mapToObj(step -> new Step(step, "t" + step, stage))
            .map(step -> Row.notMeasured(step, RowReason.FORBIDDEN, "x".repeat(1024)))
            .toList();

    // When
    List<ResultRow> shown = ResultRows.of(rows);

    // Then
    assertThat(shown)
        .extracting(ResultRow::message)
        .allMatch(message -> message.matches("x{900,}[.]{3} [(][0-9]+ more[)]"))
        .satisfies(
            messages ->
                assertThat(messages.stream().mapToInt(String::length).sum())
                    .isLessThanOrEqualTo(ResultRows.TEXT_BYTES));
  }

  @Property(tries = 60)
  void isUnchangedWhenBuiltFromTheStoredStatus(@ForAll Random random) {
    // Given
    RunSnapshot snapshot = new AnyRunSnapshot(random).snapshot();
    BenchmarkRunStatus written = factory.status(Optional.empty(), snapshot);
    BenchmarkRunStatus readBack =
        Serialization.unmarshal(Serialization.asJson(written), BenchmarkRunStatus.class);

    // When
    BenchmarkRunStatus again = factory.status(Optional.of(readBack), snapshot);

    // Then
    assertThat(again).usingRecursiveComparison().isEqualTo(readBack);
  }

  @Property(tries = 60)
  void readsBackTheProgressThatWasWritten(@ForAll Random random) {
    // Given
    AnyRunSnapshot any = new AnyRunSnapshot(random);
    Progress progress = any.progress();
    Execution execution =
        new Execution(
            any.plan(),
            any.instant(),
            progress,
            new ComponentStatus.NotYetKnown(),
            new ComponentStatus.NotYetKnown(),
            List.of(),
            Optional.empty());

    // When
    Progress read =
        ProgressText.read(
            ProgressText.write(execution, new DurationEstimate(50, Duration.ofSeconds(30))));

    // Then
    assertThat(read).isEqualTo(progress);
  }

  private static boolean is(BenchmarkRunStatus status, ConditionType type) {
    return status.conditions().stream()
        .filter(condition -> condition.type().equals(type.text()))
        .allMatch(condition -> condition.status() == ConditionStatus.TRUE);
  }
}

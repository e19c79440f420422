package bench.podium.domain.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.plan.Slo.LatencyFigure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StepMeasurementTest {

  @Test
  void addsUpCountsAndThroughputOfTheWorkers() {
    // Given
    var workers = List.of(MeasurementFixture.sound(0), MeasurementFixture.sound(1));
    // When
    StepMeasurement step = StepMeasurement.merge(workers);
    // Then
    assertThat(step.requests()).isEqualTo(200);
    assertThat(step.sent()).isEqualTo(208);
    assertThat(step.offered()).isEqualTo(new OfferedLoad.Connections(8));
    assertThat(step.duration()).isEqualTo(MeasurementFixture.DURATION);
    assertThat(step.throughputPerSecond()).isEqualTo(7692);
    assertThat(step.errorPartsPerMillion()).isZero();
    assertThat(step.latency().orElseThrow().micros(LatencyFigure.P99)).isEqualTo(1000);
  }

  @Test
  void addsUpTheClockErrorsOfTwoNodes() {
    // Given
    var workers =
        List.of(
            MeasurementFixture.startedAfter(0, 0, "boot-a"),
            MeasurementFixture.startedAfter(1, 3100, "boot-b"));
    // When
    Optional<StartSkew> skew = StepMeasurement.merge(workers).startSkew();
    // Then
    assertThat(skew).contains(new StartSkew(3100, 1000));
  }

  @Test
  void hasNoClockErrorOnOneNode() {
    // Given
    var workers =
        List.of(
            MeasurementFixture.startedAfter(0, 700, "boot-a"),
            MeasurementFixture.startedAfter(1, 0, "boot-a"));
    // When
    Optional<StartSkew> skew = StepMeasurement.merge(workers).startSkew();
    // Then
    assertThat(skew).contains(new StartSkew(700, 0));
  }

  @Test
  void countsOnlyErrorsForATargetThatDoesNotReply() {
    // Given
    var workers = List.of(MeasurementFixture.unanswered(0));
    // When
    StepMeasurement step = StepMeasurement.merge(workers);
    // Then
    assertThat(step.errorPartsPerMillion()).isEqualTo(1_000_000);
    assertThat(step.errors().timeout()).isEqualTo(4);
    assertThat(step.goodReplies()).isZero();
    assertThat(step.latency().orElseThrow().atLeast())
        .containsExactlyInAnyOrder(LatencyFigure.values());
    assertThat(step.latency().orElseThrow().p50Micros())
        .isEqualTo(MeasurementFixture.TIMEOUT_MICROS);
  }

  @Test
  void countsARequestWithoutAConnectionAsAnError() {
    // Given: half of 100 requests that were due found no connection
    var workers = List.of(MeasurementFixture.open(0, 100, 50, new ErrorCounts(50, 0, 0, 0, 0)));
    // When
    StepMeasurement step = StepMeasurement.merge(workers);
    // Then
    assertThat(step.errorPartsPerMillion()).isEqualTo(500_000);
  }

  @Property(tries = 50)
  void doesNotDependOnTheOrderOfTheWorkers(
      @ForAll @IntRange(min = 2, max = 20) int workers, @ForAll Random random) {
    // Given
    List<WorkerMeasurement> inOrder = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      inOrder.add(
          MeasurementFixture.startedAfter(worker, random.nextInt(5000), "boot-" + worker % 3));
    }
    List<WorkerMeasurement> shuffled = new ArrayList<>(inOrder);
    Collections.shuffle(shuffled, random);
    // When
    StepMeasurement merged = StepMeasurement.merge(shuffled);
    // Then
    assertThat(merged).isEqualTo(StepMeasurement.merge(inOrder));
  }
}

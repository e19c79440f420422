package bench.podium.domain.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionUtilizationTest {

  private static final Duration MAX_SKEW = Duration.ofMillis(50);

  @Test
  void isThroughputTimesMeanLatencyDividedByConnections() {
    // Given: 3800 replies of 1 ms and 100 of 2 ms in 1 s, over 4 connections
    WorkerMeasurement worker = worker(0, 4, 1_000_000, Map.of(1_000L, 3_800L, 2_000L, 100L));

    // When
    Optional<ConnectionUtilization> utilization = utilization(worker);

    // Then: 4 s of 4 s; 850 x (1 - (250 ms + 2 x 2 ms) / 1 s)
    assertThat(utilization).contains(new ConnectionUtilization(1000, 634));
  }

  @Test
  void countsEachWorkerByItsOwnDuration() {
    // Given: the connections of each worker waited for nine tenths of its own duration
    WorkerMeasurement longer = worker(0, 4, 2_000_000, Map.of(100_000L, 72L));
    WorkerMeasurement shorter = worker(1, 4, 1_000_000, Map.of(1_000L, 3_600L));

    // When
    Optional<ConnectionUtilization> utilization = utilization(longer, shorter);

    // Then: 850 x (1 - (250 ms + 2 x 100 ms) / 2 s)
    assertThat(utilization).contains(new ConnectionUtilization(900, 659));
  }

  @ParameterizedTest
  @CsvSource({"850, 850, true", "849, 850, false", "1020, 850, true", "1021, 850, false"})
  void isPlausibleWithinItsBounds(int permille, int lowest, boolean plausible) {
    // Given
    ConnectionUtilization utilization = new ConnectionUtilization(permille, lowest);

    // When
    boolean plausibleByBounds = utilization.isPlausible();

    // Then
    assertThat(plausibleByBounds).isEqualTo(plausible);
  }

  static Stream<ErrorCounts> connectionErrors() {
    return Stream.of(
        new ErrorCounts(1, 0, 0, 0, 0),
        new ErrorCounts(0, 1, 0, 0, 0),
        new ErrorCounts(0, 0, 1, 0, 0),
        new ErrorCounts(0, 0, 0, 1, 0));
  }

  @ParameterizedTest
  @MethodSource("connectionErrors")
  void isAbsentWhereAConnectionBrokeOrAReplyWasLate(ErrorCounts errors) {
    // Given
    var workers = List.of(MeasurementFixture.sound(0), MeasurementFixture.failing(1, errors));

    // When
    Optional<ConnectionUtilization> utilization =
        StepMeasurement.merge(workers).connectionUtilization(true);

    // Then
    assertThat(utilization).isEmpty();
  }

  @Test
  void countsABadStatusLikeAnyReply() {
    // Given
    var worker = MeasurementFixture.failing(0, new ErrorCounts(0, 0, 0, 0, 100));

    // When
    Optional<ConnectionUtilization> utilization = utilization(worker);

    // Then: 100 replies of 1 ms in 26 ms over 4 connections, which is too short for a lower bound
    assertThat(utilization).contains(new ConnectionUtilization(962, 0));
  }

  @Test
  void isAbsentWithoutKeepAlive() {
    // Given
    StepMeasurement step = StepMeasurement.merge(List.of(MeasurementFixture.sound(0)));

    // When
    Optional<ConnectionUtilization> utilization = step.connectionUtilization(false);

    // Then
    assertThat(utilization).isEmpty();
  }

  @Test
  void isAbsentWithFewerThanTenRepliesPerConnection() {
    // Given
    WorkerMeasurement few = worker(0, 4, 1_000_000, Map.of(1_000L, 39L));
    WorkerMeasurement enough = worker(0, 4, 1_000_000, Map.of(1_000L, 40L));

    // When
    List<Optional<ConnectionUtilization>> utilization =
        List.of(utilization(few), utilization(enough), utilization());

    // Then: the last one has no measurement
    assertThat(utilization)
        .containsExactly(
            Optional.empty(), Optional.of(new ConnectionUtilization(10, 636)), Optional.empty());
  }

  @Test
  void hasNoLowerBoundWhereOneReplyTookNearlyTheWholeStep() {
    // Given: ten quick replies a connection, but for one that took nearly all of the time
    WorkerMeasurement worker = worker(0, 10, 1_000_000, Map.of(1_000L, 99L, 901_000L, 1L));

    // When
    Optional<ConnectionUtilization> utilization = utilization(worker);

    // Then
    assertThat(utilization).contains(new ConnectionUtilization(100, 0));
  }

  @Property(tries = 100)
  void passesTheCheckWhateverTheLatenciesIfTheGeneratorHardlyWaits(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 8) int workers,
      @ForAll @IntRange(min = 1, max = 16) int connections,
      @ForAll @DoubleRange(min = 0, max = 0.1) double waits) {
    // Given
    List<WorkerMeasurement> measurements = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      measurements.add(new ClosedLoad(random, waits, 0).measure(worker, connections));
    }

    // When
    List<Violation> violations = check(measurements);

    // Then
    assertThat(violations).isEmpty();
  }

  @Property(tries = 100)
  void violatesTheCheckIfTheGeneratorWaitsAQuarterOfTheTime(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 8) int workers,
      @ForAll @IntRange(min = 1, max = 16) int connections,
      @ForAll @DoubleRange(min = 0.25, max = 0.9) double waits) {
    // Given
    List<WorkerMeasurement> measurements = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      measurements.add(new ClosedLoad(random, waits, 0).measure(worker, connections));
    }

    // When
    List<Violation> violations = check(measurements);

    // Then
    assertThat(violations)
        .extracting(Violation::check)
        .containsExactly(ConsistencyCheck.GENERATOR_SATURATED);
    assertThat(ConsistencyCheck.GENERATOR_SATURATED.effect())
        .isEqualTo(ConsistencyCheck.Effect.INCONCLUSIVE);
  }

  @Property(tries = 100)
  void violatesTheCheckIfSomeConnectionsGetNoReply(
      @ForAll Random random,
      @ForAll @IntRange(min = 4, max = 16) int connections,
      @ForAll @DoubleRange(min = 0, max = 0.05) double waits) {
    // Given
    int unanswered = (connections + 3) / 4;

    // When
    List<Violation> violations =
        check(List.of(new ClosedLoad(random, waits, unanswered).measure(0, connections)));

    // Then
    assertThat(violations)
        .extracting(Violation::check)
        .containsExactly(ConsistencyCheck.GENERATOR_SATURATED);
  }

  @Test
  void violatesTheCheckIfLatenciesExceedTheTime() {
    // Given: counts as after a correction for coordinated omission: longer waits than the time
    // allows
    WorkerMeasurement worker = worker(0, 4, 1_000_000, Map.of(1_000L, 2_000L, 2_000L, 1_100L));

    // When
    List<Violation> violations = check(List.of(worker));

    // Then
    assertThat(violations)
        .extracting(Violation::message)
        .singleElement()
        .asString()
        .startsWith("latencies account for 1050 thousandths of the connections' time, not 634");
  }

  private static Optional<ConnectionUtilization> utilization(WorkerMeasurement... workers) {
    return StepMeasurement.merge(List.of(workers)).connectionUtilization(true);
  }

  private static List<Violation> check(List<WorkerMeasurement> workers) {
    return new ConsistencyChecks(workers.size(), MAX_SKEW, true, true)
        .check(workers, StepMeasurement.merge(workers));
  }

  private static WorkerMeasurement worker(
      int worker, int connections, long durationMicros, Map<Long, Long> latencies) {
    return worker(worker, connections, durationMicros, LatencyHistogram.of(latencies));
  }

  private static WorkerMeasurement worker(
      int worker, int connections, long durationMicros, LatencyHistogram measured) {
    return WorkerMeasurementBuilder.of(worker, new OfferedLoad.Connections(connections))
        .requests(measured.count())
        .sent(measured.count() + connections)
        .duration(Duration.ofNanos(durationMicros * 1000))
        .firstRequest(MeasurementFixture.T0)
        .measured(measured)
        .corrected(measured)
        .build();
  }

  /**
   * A closed load whose connections pause after each reply. Requests in flight at the end have no
   * latency.
   *
   * @param waits share of a connection's time that it spends between reply and next request
   * @param unanswered connections that get no reply
   */
  private record ClosedLoad(Random random, double waits, int unanswered) {

    private static final int MAX_LATENCY = 40_000;

    WorkerMeasurement measure(int worker, int connections) {
      int duration = 5_000_000 + random.nextInt(100_000);
      LatencyHistogram.Builder latencies = LatencyHistogram.builder();
      for (int connection = unanswered; connection < connections; connection++) {
        double now = 0;
        while (true) {
          // Mostly short, sometimes long: like a server that shares its cores.
          int latency =
              random.nextInt(20) == 0
                  ? 1 + random.nextInt(MAX_LATENCY)
                  : 500 + random.nextInt(4_000);
          if (now + latency > duration) {
            break;
          }
          latencies.add(latency, 1);
          now += latency / (1 - waits);
        }
      }
      return worker(worker, connections, duration, latencies.build());
    }
  }
}

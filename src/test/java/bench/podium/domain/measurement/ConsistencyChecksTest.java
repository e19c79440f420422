package bench.podium.domain.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsistencyChecksTest {

  private static final Duration MAX_SKEW = Duration.ofMillis(50);

  private static List<Violation> check(int expected, List<WorkerMeasurement> workers) {
    return new ConsistencyChecks(expected, MAX_SKEW, true, false)
        .check(workers, StepMeasurement.merge(workers));
  }

  private static WorkerMeasurement modified(
      long requests, long sent, LatencyHistogram measured, long negativeBuckets) {
    WorkerMeasurement sound = MeasurementFixture.sound(0);
    return WorkerMeasurementBuilder.from(sound)
        .requests(requests)
        .sent(sent)
        .measured(measured)
        .corrected(measured)
        .negativeBuckets(negativeBuckets)
        .build();
  }

  @Property(tries = 100)
  void passesSoundWorkers(
      @ForAll @IntRange(min = 1, max = 20) int workers,
      @ForAll @LongRange(min = 0, max = 50) long late,
      @ForAll @LongRange(min = 0, max = 50) long read) {
    // Given
    ErrorCounts errors = new ErrorCounts(0, read, 0, late, 0);
    List<WorkerMeasurement> measurements =
        IntStream.range(0, workers)
            .mapToObj(worker -> MeasurementFixture.failing(worker, errors))
            .toList();
    // When
    List<Violation> violations = check(workers, measurements);
    // Then
    assertThat(violations).isEmpty();
  }

  @Test
  void passesATargetThatDoesNotReply() {
    // Given
    var workers = List.of(MeasurementFixture.unanswered(0), MeasurementFixture.sound(1));
    // When
    List<Violation> violations = check(2, workers);
    // Then
    assertThat(violations).isEmpty();
  }

  @Property(tries = 100)
  void detectsMissingLatencies(@ForAll @LongRange(min = 1, max = 4) long lost) {
    // Given
    LatencyHistogram measured = LatencyHistogram.of(Map.of(1000L, 100 - lost));
    // When
    List<Violation> violations = check(1, List.of(modified(100, 104, measured, 0)));
    // Then
    assertThat(violations)
        .extracting(Violation::check)
        .containsExactly(ConsistencyCheck.COUNTS_DIFFER);
  }

  @Test
  void detectsANegativeBucket() {
    // Given
    LatencyHistogram measured = LatencyHistogram.of(Map.of(1000L, 100L));
    // When
    List<Violation> violations = check(1, List.of(modified(100, 104, measured, 1)));
    // Then
    assertThat(violations)
        .extracting(Violation::check)
        .containsExactly(ConsistencyCheck.COUNTS_DIFFER);
    assertThat(violations.getFirst().message()).contains("below zero");
  }

  @Test
  void detectsMoreRepliesThanRequestsAndTooManyLostRequests() {
    // Given
    LatencyHistogram measured = LatencyHistogram.of(Map.of(1000L, 100L));
    // When
    List<Violation> tooFew = check(1, List.of(modified(100, 99, measured, 0)));
    List<Violation> tooMany = check(1, List.of(modified(100, 105, measured, 0)));
    // Then
    assertThat(tooFew).extracting(Violation::check).containsExactly(ConsistencyCheck.COUNTS_DIFFER);
    assertThat(tooMany)
        .extracting(Violation::check)
        .containsExactly(ConsistencyCheck.COUNTS_DIFFER);
  }

  @Test
  void detectsAMergeThatIsNotTheSum() {
    // Given
    var workers = List.of(MeasurementFixture.sound(0), MeasurementFixture.sound(1));
    StepMeasurement ofOneOnly = StepMeasurement.merge(workers.subList(0, 1));
    // When
    List<Violation> violations =
        new ConsistencyChecks(2, MAX_SKEW, true, true).check(workers, ofOneOnly);
    // Then
    assertThat(violations)
        .extracting(Violation::check)
        .containsExactly(ConsistencyCheck.COUNTS_DIFFER);
  }

  @Test
  void detectsMissingDuplicateAndUnexpectedWorkers() {
    // Given
    WorkerMeasurement first = MeasurementFixture.sound(0);
    // When
    List<Violation> missing = check(2, List.of(first));
    List<Violation> doubled = check(2, List.of(first, first));
    List<Violation> foreign = check(1, List.of(first, MeasurementFixture.sound(1)));
    // Then
    assertThat(missing)
        .extracting(Violation::check)
        .containsExactly(ConsistencyCheck.WORKER_MISSING);
    assertThat(missing.getFirst().message()).isEqualTo("1 results of 2 workers, none from [1]");
    assertThat(doubled)
        .extracting(Violation::check)
        .containsExactly(ConsistencyCheck.WORKER_MISSING);
    assertThat(foreign)
        .extracting(Violation::check)
        .containsExactly(ConsistencyCheck.WORKER_MISSING);
  }

  @Property(tries = 100)
  void discardsTheAttemptOnlyIfTheSkewExceedsItsBound(
      @ForAll @LongRange(min = 0, max = 99_999) long micros) {
    // Given
    var workers =
        List.of(
            MeasurementFixture.startedAfter(0, 0, "boot-a"),
            MeasurementFixture.startedAfter(1, micros, "boot-a"));
    // When
    List<Violation> violations = check(2, workers);
    // Then
    assertThat(violations.stream().map(Violation::check).toList())
        .isEqualTo(micros > 50_000 ? List.of(ConsistencyCheck.START_SKEW) : List.of());
    assertThat(ConsistencyCheck.START_SKEW.effect())
        .isEqualTo(ConsistencyCheck.Effect.DISCARDS_ATTEMPT);
  }

  @Test
  void comparesClocksOnlyBetweenNodes() {
    // Given
    ClockReading free = new ClockReading("boot-a", false, 16_000_000);
    WorkerMeasurement first = withClock(MeasurementFixture.sound(0), free);
    WorkerMeasurement second = withClock(MeasurementFixture.sound(1), free);
    WorkerMeasurement elsewhere = MeasurementFixture.startedAfter(1, 0, "boot-b");
    // When
    List<Violation> oneNode = check(2, List.of(first, second));
    List<Violation> twoNodes = check(2, List.of(first, elsewhere));
    // Then
    assertThat(oneNode).isEmpty();
    assertThat(twoNodes)
        .extracting(Violation::check)
        .containsExactly(ConsistencyCheck.CLOCK_NOT_SYNCHRONISED);
    assertThat(twoNodes.getFirst().message()).contains("boot-a").doesNotContain("boot-b");
  }

  @Test
  void detectsClocksThatMayDifferByMoreThanTheAllowedSkew() {
    // Given
    WorkerMeasurement first =
        withClock(MeasurementFixture.sound(0), new ClockReading("boot-a", true, 49_900));
    WorkerMeasurement elsewhere = MeasurementFixture.startedAfter(1, 0, "boot-b");
    // When
    List<Violation> violations = check(2, List.of(first, elsewhere));
    // Then
    assertThat(violations)
        .extracting(Violation::check)
        .containsExactly(ConsistencyCheck.CLOCK_NOT_SYNCHRONISED);
    assertThat(violations.getFirst().message()).contains("50400 us");
  }

  @Test
  void acceptsAnOpenLoadThatAccountsForEachRequest() {
    // Given
    ErrorCounts errors = new ErrorCounts(1, 2, 3, 4, 5);
    var workers = List.of(MeasurementFixture.open(0, 100, 100, errors));
    // When, Then
    assertThat(check(1, workers)).isEmpty();
  }

  @Test
  void detectsAMissingRequestOfAnOpenLoad() {
    // Given
    WorkerMeasurement sound = MeasurementFixture.open(0, 100, 100, ErrorCounts.NONE);
    var vanished = with(sound, 101, sound.clock());
    // When
    List<Violation> violations = check(1, List.of(vanished));
    // Then
    assertThat(violations)
        .extracting(Violation::check)
        .containsExactly(ConsistencyCheck.COUNTS_DIFFER);
  }

  @Test
  void detectsALostRequestThatIsNotAmongTheLost() {
    // Given
    WorkerMeasurement sound = MeasurementFixture.sound(0);
    WorkerMeasurement failing = MeasurementFixture.failing(0, new ErrorCounts(0, 0, 0, 3, 0));
    // When
    List<Violation> violations = check(1, List.of(withLost(failing, sound.lost())));
    // Then
    assertThat(violations)
        .extracting(Violation::check)
        .containsExactly(ConsistencyCheck.COUNTS_DIFFER);
    assertThat(violations.getFirst().message()).contains("0 lost requests are not the 3");
  }

  @Test
  void acceptsRequestsWithoutAConnectionAsScheduled() {
    // Given: 50 of 100 due requests were sent, the others found no connection
    var workers = List.of(MeasurementFixture.open(0, 100, 50, new ErrorCounts(50, 0, 0, 0, 0)));
    // When, Then
    assertThat(check(1, workers)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"97, true", "96, false"})
  void detectsAnOpenLoadThatSentLessThanItsSchedule(long sent, boolean sentEnough) {
    // Given
    var workers = List.of(MeasurementFixture.open(0, 100, sent, ErrorCounts.NONE));
    // When
    List<Violation> violations = check(1, workers);
    // Then
    assertThat(violations)
        .extracting(Violation::check)
        .isEqualTo(sentEnough ? List.of() : List.of(ConsistencyCheck.RATE_MISSED));
  }

  /** Waited for 101 thousandths of the time. */
  private static final EngineCpuUsage WAITED = cpu(101, 500, 0, Optional.empty());

  private static EngineCpuUsage cpu(
      long waitMillis, long usedMillis, long throttledMillis, Optional<Long> limitMillicores) {
    return new EngineCpuUsage(
        Duration.ofSeconds(1),
        Duration.ofMillis(usedMillis),
        Duration.ofMillis(waitMillis),
        Duration.ofMillis(throttledMillis),
        limitMillicores);
  }

  private static List<ConsistencyCheck> violatedChecks(
      WorkerMeasurement worker, EngineCpuUsage cpu, boolean shared) {
    List<WorkerMeasurement> workers = List.of(worker.with(Optional.of(cpu)));
    return new ConsistencyChecks(1, MAX_SKEW, true, shared)
        .check(workers, StepMeasurement.merge(workers)).stream().map(Violation::check).toList();
  }

  @Test
  void allowsAnOpenLoadToWaitForCores() {
    // Given
    WorkerMeasurement open = MeasurementFixture.open(0, 100, 100, ErrorCounts.NONE);
    // When, Then
    assertThat(violatedChecks(open, WAITED, true)).isEmpty();
    assertThat(violatedChecks(open, WAITED, false)).isEmpty();
    assertThat(violatedChecks(open, cpu(0, 450, 0, Optional.of(500L)), false))
        .containsExactly(ConsistencyCheck.GENERATOR_STARVED);
  }

  @Test
  void allowsAClosedLoadToWaitForSharedCores() {
    // Given
    WorkerMeasurement closed = MeasurementFixture.sound(0);
    // When, Then
    assertThat(violatedChecks(closed, WAITED, true)).isEmpty();
    assertThat(violatedChecks(closed, WAITED, false))
        .containsExactly(ConsistencyCheck.GENERATOR_STARVED);
  }

  @Test
  void detectsAnEngineThatItsCpuLimitThrottles() {
    // Given
    WorkerMeasurement closed = MeasurementFixture.sound(0);
    // When, Then
    assertThat(violatedChecks(closed, cpu(0, 449, 0, Optional.of(500L)), true)).isEmpty();
    assertThat(violatedChecks(closed, cpu(0, 450, 0, Optional.of(500L)), true))
        .containsExactly(ConsistencyCheck.GENERATOR_STARVED);
    assertThat(violatedChecks(closed, cpu(0, 100, 1, Optional.of(500L)), true))
        .containsExactly(ConsistencyCheck.GENERATOR_STARVED);
  }

  private static WorkerMeasurement withClock(WorkerMeasurement worker, ClockReading clock) {
    return with(worker, worker.sent(), clock);
  }

  private static WorkerMeasurement with(WorkerMeasurement worker, long sent, ClockReading clock) {
    return WorkerMeasurementBuilder.from(worker).sent(sent).clock(clock).build();
  }

  private static WorkerMeasurement withLost(WorkerMeasurement worker, LatencyHistogram lost) {
    return WorkerMeasurementBuilder.from(worker).lost(lost).build();
  }
}

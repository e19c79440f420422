package bench.podium.domain.measure;

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

class ConsistencyLawsTest {

  private static final Duration MAX_SKEW = Duration.ofMillis(50);

  private static List<BrokenLaw> check(int expected, List<WorkerMeasurement> workers) {
    return new ConsistencyLaws(expected, MAX_SKEW, true, false)
        .check(workers, StepMeasurement.merge(workers));
  }

  private static WorkerMeasurement bent(
      long requests, long sent, LatencyHistogram measured, long negativeBuckets) {
    WorkerMeasurement sound = MeasurementFixture.sound(0);
    return new WorkerMeasurement(
        0,
        sound.offered(),
        requests,
        sent,
        sound.bytes(),
        sound.duration(),
        sound.errors(),
        sound.hung(),
        sound.firstRequest(),
        measured,
        measured,
        negativeBuckets,
        sound.series(),
        sound.cpu(),
        sound.clock(),
        sound.lost(),
        sound.stalls(),
        sound.replies(),
        sound.reconnects());
  }

  @Property(tries = 100)
  void sound_workers_break_no_law(
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
    List<BrokenLaw> broken = check(workers, measurements);
    // Then
    assertThat(broken).isEmpty();
  }

  @Test
  void a_hung_target_breaks_no_law() {
    // Given
    var workers = List.of(MeasurementFixture.hung(0), MeasurementFixture.sound(1));
    // When
    List<BrokenLaw> broken = check(2, workers);
    // Then
    assertThat(broken).isEmpty();
  }

  @Property(tries = 100)
  void any_reply_too_many_or_too_few_shows(@ForAll @LongRange(min = 1, max = 4) long lost) {
    // Given
    LatencyHistogram measured = LatencyHistogram.of(Map.of(1000L, 100 - lost));
    // When
    List<BrokenLaw> broken = check(1, List.of(bent(100, 104, measured, 0)));
    // Then
    assertThat(broken).extracting(BrokenLaw::law).containsExactly(Law.COUNTS_DIFFER);
  }

  @Test
  void a_bucket_below_zero_shows() {
    // Given
    LatencyHistogram measured = LatencyHistogram.of(Map.of(1000L, 100L));
    // When
    List<BrokenLaw> broken = check(1, List.of(bent(100, 104, measured, 1)));
    // Then
    assertThat(broken).extracting(BrokenLaw::law).containsExactly(Law.COUNTS_DIFFER);
    assertThat(broken.getFirst().message()).contains("below zero");
  }

  @Test
  void more_replies_than_requests_and_more_lost_than_can_be_show() {
    // Given
    LatencyHistogram measured = LatencyHistogram.of(Map.of(1000L, 100L));
    // When
    List<BrokenLaw> tooFew = check(1, List.of(bent(100, 99, measured, 0)));
    List<BrokenLaw> tooMany = check(1, List.of(bent(100, 105, measured, 0)));
    // Then
    assertThat(tooFew).extracting(BrokenLaw::law).containsExactly(Law.COUNTS_DIFFER);
    assertThat(tooMany).extracting(BrokenLaw::law).containsExactly(Law.COUNTS_DIFFER);
  }

  @Test
  void a_merge_that_is_not_the_sum_shows() {
    // Given
    var workers = List.of(MeasurementFixture.sound(0), MeasurementFixture.sound(1));
    StepMeasurement ofOneOnly = StepMeasurement.merge(workers.subList(0, 1));
    // When
    List<BrokenLaw> broken = new ConsistencyLaws(2, MAX_SKEW, true, true).check(workers, ofOneOnly);
    // Then
    assertThat(broken).extracting(BrokenLaw::law).containsExactly(Law.COUNTS_DIFFER);
  }

  @Test
  void a_missing_a_doubled_and_a_foreign_worker_show() {
    // Given
    WorkerMeasurement first = MeasurementFixture.sound(0);
    // When
    List<BrokenLaw> missing = check(2, List.of(first));
    List<BrokenLaw> doubled = check(2, List.of(first, first));
    List<BrokenLaw> foreign = check(1, List.of(first, MeasurementFixture.sound(1)));
    // Then
    assertThat(missing).extracting(BrokenLaw::law).containsExactly(Law.WORKER_MISSING);
    assertThat(missing.getFirst().message()).isEqualTo("1 results of 2 workers, none from [1]");
    assertThat(doubled).extracting(BrokenLaw::law).containsExactly(Law.WORKER_MISSING);
    assertThat(foreign).extracting(BrokenLaw::law).containsExactly(Law.WORKER_MISSING);
  }

  @Property(tries = 100)
  void skew_over_its_bound_voids_the_attempt(
      @ForAll @LongRange(min = 0, max = 99_999) long micros) {
    // Given
    var workers =
        List.of(
            MeasurementFixture.startedAfter(0, 0, "boot-a"),
            MeasurementFixture.startedAfter(1, micros, "boot-a"));
    // When
    List<BrokenLaw> broken = check(2, workers);
    // Then
    assertThat(broken.stream().map(BrokenLaw::law).toList())
        .isEqualTo(micros > 50_000 ? List.of(Law.START_SKEW) : List.of());
    assertThat(Law.START_SKEW.effect()).isEqualTo(Law.Effect.VOIDS_ATTEMPT);
  }

  @Test
  void clocks_matter_only_between_nodes() {
    // Given
    ClockReading free = new ClockReading("boot-a", false, 16_000_000);
    WorkerMeasurement first = withClock(MeasurementFixture.sound(0), free);
    WorkerMeasurement second = withClock(MeasurementFixture.sound(1), free);
    WorkerMeasurement elsewhere = MeasurementFixture.startedAfter(1, 0, "boot-b");
    // When
    List<BrokenLaw> oneNode = check(2, List.of(first, second));
    List<BrokenLaw> twoNodes = check(2, List.of(first, elsewhere));
    // Then
    assertThat(oneNode).isEmpty();
    assertThat(twoNodes).extracting(BrokenLaw::law).containsExactly(Law.CLOCK_NOT_SYNCHRONISED);
    assertThat(twoNodes.getFirst().message()).contains("boot-a").doesNotContain("boot-b");
  }

  @Test
  void clocks_that_may_differ_by_more_than_the_skew_allowed_show() {
    // Given
    WorkerMeasurement first =
        withClock(MeasurementFixture.sound(0), new ClockReading("boot-a", true, 49_900));
    WorkerMeasurement elsewhere = MeasurementFixture.startedAfter(1, 0, "boot-b");
    // When
    List<BrokenLaw> broken = check(2, List.of(first, elsewhere));
    // Then
    assertThat(broken).extracting(BrokenLaw::law).containsExactly(Law.CLOCK_NOT_SYNCHRONISED);
    assertThat(broken.getFirst().message()).contains("50400 us");
  }

  @Test
  void an_open_load_answers_for_each_request_that_it_sent() {
    // Given
    ErrorCounts errors = new ErrorCounts(1, 2, 3, 4, 5);
    var workers = List.of(MeasurementFixture.open(0, 100, 100, errors));
    // When, Then
    assertThat(check(1, workers)).isEmpty();
  }

  @Test
  void a_request_of_an_open_load_that_vanished_breaks_a_law() {
    // Given
    WorkerMeasurement sound = MeasurementFixture.open(0, 100, 100, ErrorCounts.NONE);
    var vanished = with(sound, 101, sound.clock());
    // When
    List<BrokenLaw> broken = check(1, List.of(vanished));
    // Then
    assertThat(broken).extracting(BrokenLaw::law).containsExactly(Law.COUNTS_DIFFER);
  }

  @Test
  void each_lost_request_stands_once_among_the_lost() {
    // Given
    WorkerMeasurement sound = MeasurementFixture.sound(0);
    WorkerMeasurement failing = MeasurementFixture.failing(0, new ErrorCounts(0, 0, 0, 3, 0));
    // When
    List<BrokenLaw> broken = check(1, List.of(withLost(failing, sound.lost())));
    // Then
    assertThat(broken).extracting(BrokenLaw::law).containsExactly(Law.COUNTS_DIFFER);
    assertThat(broken.getFirst().message()).contains("0 lost requests are not the 3");
  }

  @Test
  void requests_that_find_no_connection_are_no_missed_rate() {
    // Given: 50 of 100 due requests were sent, the others found no connection
    var workers = List.of(MeasurementFixture.open(0, 100, 50, new ErrorCounts(50, 0, 0, 0, 0)));
    // When, Then
    assertThat(check(1, workers)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"97, true", "96, false"})
  void an_open_load_sends_what_it_was_to_send(long sent, boolean kept) {
    // Given
    var workers = List.of(MeasurementFixture.open(0, 100, sent, ErrorCounts.NONE));
    // When
    List<BrokenLaw> broken = check(1, workers);
    // Then
    assertThat(broken)
        .extracting(BrokenLaw::law)
        .isEqualTo(kept ? List.of() : List.of(Law.RATE_MISSED));
  }

  /** Waited for 101 thousandths of the time. */
  private static final GeneratorCpu WAITED = cpu(101, 500, 0, Optional.empty());

  private static GeneratorCpu cpu(
      long waitMillis, long usedMillis, long throttledMillis, Optional<Long> limitMillicores) {
    return new GeneratorCpu(
        Duration.ofSeconds(1),
        Duration.ofMillis(usedMillis),
        Duration.ofMillis(waitMillis),
        Duration.ofMillis(throttledMillis),
        limitMillicores);
  }

  private static List<Law> broken(WorkerMeasurement worker, GeneratorCpu cpu, boolean shared) {
    List<WorkerMeasurement> workers = List.of(worker.with(Optional.of(cpu)));
    return new ConsistencyLaws(1, MAX_SKEW, true, shared)
        .check(workers, StepMeasurement.merge(workers)).stream().map(BrokenLaw::law).toList();
  }

  @Test
  void an_open_load_may_wait_for_cores_since_its_latencies_contain_the_wait() {
    // Given
    WorkerMeasurement open = MeasurementFixture.open(0, 100, 100, ErrorCounts.NONE);
    // When, Then
    assertThat(broken(open, WAITED, true)).isEmpty();
    assertThat(broken(open, WAITED, false)).isEmpty();
    assertThat(broken(open, cpu(0, 450, 0, Optional.of(500L)), false))
        .containsExactly(Law.GENERATOR_STARVED);
  }

  @Test
  void a_closed_load_may_wait_for_cores_that_it_shares_with_the_target() {
    // Given
    WorkerMeasurement closed = MeasurementFixture.sound(0);
    // When, Then
    assertThat(broken(closed, WAITED, true)).isEmpty();
    assertThat(broken(closed, WAITED, false)).containsExactly(Law.GENERATOR_STARVED);
  }

  @Test
  void a_cpu_limit_may_not_hold_an_engine_back() {
    // Given
    WorkerMeasurement closed = MeasurementFixture.sound(0);
    // When, Then
    assertThat(broken(closed, cpu(0, 449, 0, Optional.of(500L)), true)).isEmpty();
    assertThat(broken(closed, cpu(0, 450, 0, Optional.of(500L)), true))
        .containsExactly(Law.GENERATOR_STARVED);
    assertThat(broken(closed, cpu(0, 100, 1, Optional.of(500L)), true))
        .containsExactly(Law.GENERATOR_STARVED);
  }

  private static WorkerMeasurement withClock(WorkerMeasurement worker, ClockReading clock) {
    return with(worker, worker.sent(), clock);
  }

  private static WorkerMeasurement with(WorkerMeasurement worker, long sent, ClockReading clock) {
    return new WorkerMeasurement(
        worker.worker(),
        worker.offered(),
        worker.requests(),
        sent,
        worker.bytes(),
        worker.duration(),
        worker.errors(),
        worker.hung(),
        worker.firstRequest(),
        worker.measured(),
        worker.corrected(),
        worker.negativeBuckets(),
        worker.series(),
        worker.cpu(),
        clock,
        worker.lost(),
        worker.stalls(),
        worker.replies(),
        worker.reconnects());
  }

  private static WorkerMeasurement withLost(WorkerMeasurement worker, LatencyHistogram lost) {
    return new WorkerMeasurement(
        worker.worker(),
        worker.offered(),
        worker.requests(),
        worker.sent(),
        worker.bytes(),
        worker.duration(),
        worker.errors(),
        worker.hung(),
        worker.firstRequest(),
        worker.measured(),
        worker.corrected(),
        worker.negativeBuckets(),
        worker.series(),
        worker.cpu(),
        worker.clock(),
        lost,
        worker.stalls(),
        worker.replies(),
        worker.reconnects());
  }
}

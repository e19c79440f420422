package bench.podium.engine.wrk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import bench.podium.domain.measurement.ConnectionStalls;
import bench.podium.domain.measurement.WorkerMeasurement;
import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.Workload;
import bench.podium.engine.GatedRun;
import bench.podium.engine.LoadAssignment;
import bench.podium.engine.LoopbackTarget;
import bench.podium.engine.LoopbackTarget.Reply;
import bench.podium.engine.PreparedLoad;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The waits of the real wrk's connections beyond the timeout, compared with the server's own
 * measurement.
 */
@Execution(ExecutionMode.SAME_THREAD)
class WrkStallsTest {

  /** Error of the wait of one connection: the interval between two scans. */
  private static final long SCAN_MILLIS = 100;

  /** For threads that start or end late on a busy machine. */
  private static final long TOLERANCE_MILLIS = 300;

  @TempDir private Path directory;

  private record Run(
      LoadAssignment assignment, WorkerMeasurement measured, long stalls, Duration waited) {

    ConnectionStalls observed() {
      return measured.stalls().orElseThrow();
    }

    /** Checks the relations between counts that hold for all engines. */
    void assertCountsAreConsistent() {
      long late = measured.errors().timeout() - measured.unanswered();
      assertThat(measured.measured().count() + late).isEqualTo(measured.requests());
      assertThat(measured.lost().count())
          .isEqualTo(
              measured.errors().read() + measured.errors().write() + measured.errors().timeout());
      assertThat(measured.replies().counts().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(measured.requests());
      assertThat(WrkRun.violations(assignment, measured)).isEmpty();
    }

    void assertWaitsMatchTheServer() {
      assertThat(observed().waited().toMillis())
          .isCloseTo(waited.toMillis(), within(SCAN_MILLIS * stalls + TOLERANCE_MILLIS));
    }
  }

  private Run run(LoopbackTarget target, LoadAssignment assignment) throws Exception {
    Instant t0 = GatedRun.soon();
    WorkerMeasurement measured = WrkRun.run(t0, assignment, directory).measurement();
    Instant end = t0.plus(measured.duration());
    Duration waited = Duration.ZERO;
    long stalls = 0;
    for (LoopbackTarget.Served served : target.served()) {
      Instant ended = served.ended().filter(end::isAfter).orElse(end);
      Duration wait = Duration.between(served.arrived(), ended);
      if (wait.compareTo(assignment.timeout()) > 0) {
        stalls++;
        waited = waited.plus(wait);
      }
    }
    return new Run(assignment, measured, stalls, waited);
  }

  private static LoadAssignment assignment(
      LoopbackTarget target, int connections, int threads, long timeoutSeconds, long seconds) {
    return WrkRun.withTimes(
        WrkRun.assignment(target.uri(), WrkRun.get("/"), connections, threads),
        timeoutSeconds,
        seconds);
  }

  private static Reply stalled(LoopbackTarget.Arrived arrived, long from, long to) {
    return arrived.millis() >= from && arrived.millis() < to
        ? new Reply.After(to - arrived.millis())
        : new Reply.After(1);
  }

  @Test
  void countsUnansweredConnectionsOfABusyTarget() throws Exception {
    // Given: four of sixteen
    try (LoopbackTarget target =
        LoopbackTarget.by(
            arrived ->
                arrived.connection() < 4 && arrived.millis() > 1000
                    ? new Reply.Nothing()
                    : new Reply.After(1))) {
      // When
      Run run = run(target, assignment(target, 16, 2, 1, 4));
      // Then
      assertThat(run.measured().unanswered()).isEqualTo(4);
      assertThat(run.measured().errors().timeout()).isEqualTo(4);
      assertThat(run.observed().unanswered()).isEqualTo(4);
      assertThat(run.observed().unansweredFor().toMillis())
          .isCloseTo(3000, within(TOLERANCE_MILLIS));
      assertThat(run.measured().lost().maxMicros()).isGreaterThan(2_600_000);
      run.assertWaitsMatchTheServer();
      run.assertCountsAreConsistent();
    }
  }

  @Test
  void countsAllConnectionsOfATargetThatStopsAnswering() throws Exception {
    try (LoopbackTarget target =
        new LoopbackTarget(n -> n < 40_000 ? new Reply.Status(200) : new Reply.Nothing())) {
      // Given
      LoadAssignment assignment = assignment(target, 16, 2, 1, 8);
      // When
      Run run = run(target, assignment);
      // Then
      assertThat(run.measured().requests()).isEqualTo(40_000);
      assertThat(run.measured().unanswered()).isEqualTo(16);
      assertThat(run.observed().unanswered()).isEqualTo(16);
      run.assertWaitsMatchTheServer();
      run.assertCountsAreConsistent();
    }
  }

  @Test
  void recordsLateRepliesOfAllConnectionsAtTheirWaits() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.by(arrived -> stalled(arrived, 1000, 4000))) {
      // Given
      LoadAssignment assignment = assignment(target, 16, 2, 2, 6);
      // When
      Run run = run(target, assignment);
      // Then
      assertThat(run.measured().errors().timeout()).isEqualTo(16);
      assertThat(run.measured().unanswered()).isZero();
      assertThat(run.measured().lost().percentileMicros(1)).isGreaterThan(2_800_000);
      assertThat(run.measured().lost().maxMicros()).isLessThan(3_300_000);
      assertThat(run.measured().corrected().maxMicros())
          .isEqualTo(run.measured().lost().maxMicros());
      assertThat(run.observed().unanswered()).isZero();
      run.assertWaitsMatchTheServer();
      run.assertCountsAreConsistent();
    }
  }

  @Test
  void recordsLateRepliesOfSomeConnectionsAtTheirWaits() throws Exception {
    try (LoopbackTarget target =
        LoopbackTarget.by(
            arrived ->
                arrived.connection() < 4 ? stalled(arrived, 1000, 4000) : new Reply.After(1))) {
      // Given
      LoadAssignment assignment = assignment(target, 16, 2, 2, 6);
      // When
      Run run = run(target, assignment);
      // Then
      assertThat(run.measured().errors().timeout()).isEqualTo(4);
      assertThat(run.measured().unanswered()).isZero();
      assertThat(run.measured().lost().percentileMicros(1)).isGreaterThan(2_800_000);
      assertThat(run.measured().lost().maxMicros()).isLessThan(3_300_000);
      run.assertWaitsMatchTheServer();
      run.assertCountsAreConsistent();
    }
  }

  @Test
  void countsConnectionsThatAreNeverServed() throws Exception {
    try (LoopbackTarget target =
        LoopbackTarget.by(
            arrived -> arrived.connection() < 8 ? new Reply.After(1) : new Reply.Nothing())) {
      // Given
      LoadAssignment assignment = assignment(target, 64, 4, 1, 3);
      // When
      Run run = run(target, assignment);
      // Then
      assertThat(run.measured().unanswered()).isEqualTo(56);
      assertThat(run.observed().unanswered()).isEqualTo(56);
      run.assertWaitsMatchTheServer();
      run.assertCountsAreConsistent();
    }
  }

  @Test
  void waitsAllTheTimeForATargetThatNeverAnswers() throws Exception {
    try (LoopbackTarget target = new LoopbackTarget(_ -> new Reply.Nothing())) {
      // Given
      LoadAssignment assignment = assignment(target, 8, 2, 1, 2);
      // When
      Run run = run(target, assignment);
      // Then
      assertThat(run.measured().unanswered()).isEqualTo(8);
      assertThat(run.observed().partsPerMillion()).isGreaterThan(900_000);
      run.assertWaitsMatchTheServer();
      run.assertCountsAreConsistent();
    }
  }

  @Test
  void countsRefusedRequestsAsBrokenAndNotAsUnanswered() throws Exception {
    // Given: after a second the target shuts down
    try (LoopbackTarget target =
        LoopbackTarget.by(
            arrived -> arrived.millis() > 1000 ? new Reply.Shutdown() : new Reply.After(1))) {
      // When
      Run run = run(target, assignment(target, 16, 2, 1, 4));
      // Then: wrk considers a connection open before it is, and so sends on each
      assertThat(run.measured().unanswered()).isZero();
      assertThat(run.measured().errors().timeout()).isZero();
      assertThat(run.measured().errors().connections()).isGreaterThan(16);
      assertThat(run.measured().lost().maxMicros()).isEqualTo(1_000_000);
      run.assertCountsAreConsistent();
    }
  }

  @Test
  void countsUnansweredConnectionsDespiteClosedOnes() throws Exception {
    // Given: wrk counts these closed connections as broken, although no reply is missing
    try (LoopbackTarget target =
        LoopbackTarget.by(
            arrived -> {
              if (arrived.connection() < 4) {
                return arrived.onConnection() < 10 ? new Reply.After(1) : new Reply.Nothing();
              }
              return arrived.onConnection() < 50 ? new Reply.After(1) : new Reply.LastStatus(200);
            })) {
      // When
      Run run = run(target, assignment(target, 16, 2, 1, 3));
      // Then
      assertThat(run.measured().errors().read()).isGreaterThan(16);
      assertThat(run.measured().unanswered()).isEqualTo(4);
      run.assertWaitsMatchTheServer();
      run.assertCountsAreConsistent();
    }
  }

  @Test
  void includesWaitsOfConnectionsThatBreakLater() throws Exception {
    // Given: connections that close after a wait shorter than the timeout
    try (LoopbackTarget target =
        LoopbackTarget.by(
            arrived ->
                arrived.onConnection() == 3 && arrived.connection() % 2 == 0
                    ? new Reply.CloseAfter(900)
                    : new Reply.After(1))) {
      // When
      Run run = run(target, assignment(target, 8, 2, 1, 5));
      // Then
      long read = run.measured().errors().read();
      assertThat(read).isPositive();
      assertThat(run.observed().waited().toMillis()).isBetween(700 * read, 950 * read);
      run.assertCountsAreConsistent();
    }
  }

  @Test
  void includesNoWaitsOfConnectionsThatBreakAtOnce() throws Exception {
    // Given
    try (LoopbackTarget target =
        LoopbackTarget.by(
            arrived -> arrived.number() % 200 == 199 ? new Reply.Close() : new Reply.After(2))) {
      // When
      Run run = run(target, assignment(target, 16, 2, 1, 4));
      // Then
      assertThat(run.measured().lost().count()).isGreaterThan(20);
      assertThat(run.observed().partsPerMillion()).isLessThan(10_000);
      run.assertCountsAreConsistent();
    }
  }

  @Test
  void reportsNoStallsOfATargetWithoutFaults() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.by(_ -> new Reply.After(1))) {
      // Given
      LoadAssignment assignment = assignment(target, 16, 2, 1, 3);
      // When
      Run run = run(target, assignment);
      // Then
      assertThat(run.measured().lost().isEmpty()).isTrue();
      assertThat(run.observed())
          .isEqualTo(
              new ConnectionStalls(
                  16, run.measured().duration().multipliedBy(16), Duration.ZERO, 0, Duration.ZERO));
      assertThat(run.measured().replies().counts()).hasSize(30);
      assertThat(run.measured().replies().perSecond()).hasSize(3).allMatch(second -> second > 0);
      run.assertCountsAreConsistent();
    }
  }

  @Test
  void reportsNoStallsWithoutKeepAlive() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      var request = WrkRun.get("/").requests().getFirst();
      var workload = new Workload(List.of(request), 1, false, Map.of());
      LoadAssignment assignment =
          WrkRun.withTimes(WrkRun.assignment(target.uri(), workload, 8, 2), 1, 3);
      // When
      Run run = run(target, assignment);
      // Then
      assertThat(run.measured().lost().isEmpty()).isTrue();
      assertThat(run.observed().waited()).isZero();
      run.assertCountsAreConsistent();
    }
  }

  @Test
  void reportsNoStallsIfStructsAreUnreadable() throws Exception {
    try (LoopbackTarget target =
        new LoopbackTarget(n -> n < 100 ? new Reply.Status(200) : new Reply.Nothing())) {
      // Given
      LoadAssignment assignment = assignment(target, 4, 2, 1, 3);
      PreparedLoad load = WrkRun.prepare(GatedRun.soon(), assignment, directory);
      Path plan = directory.resolve("measured/plan.lua");
      String text = Files.readString(plan);
      Files.writeString(plan, text.replace("{connections = 2,", "{connections = 3,"));
      // When
      WorkerMeasurement measured = GatedRun.result(load).measurement();
      // Then: the unanswered connections of an idle thread are counted nevertheless
      assertThat(text).contains("{connections = 2,");
      assertThat(measured.stalls()).isEmpty();
      assertThat(measured.replies().counts()).isEmpty();
      assertThat(measured.unanswered()).isEqualTo(4);
      assertThat(measured.lost().count()).isEqualTo(4);
    }
  }

  @Test
  void doesNotScanTheWarmUp() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      LoadAssignment plain = assignment(target, 4, 2, 1, 1);
      LoadAssignment assignment =
          new LoadAssignment(
              0,
              1,
              plain.workload(),
              plain.target(),
              new LoadShare.Connections(4),
              2,
              plain.timeout(),
              Duration.ofSeconds(1),
              plain.duration(),
              plain.sequence());
      // When
      WrkRun.run(assignment, directory);
      // Then
      assertThat(directory.resolve("warmup/plan.lua")).content().contains("scan = false");
      assertThat(directory.resolve("measured/plan.lua")).content().contains("scan = {");
    }
  }
}

package bench.podium.engine.wrk;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.StepAssessment;
import bench.podium.domain.evaluation.TargetContext;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.measurement.LatencySummary;
import bench.podium.domain.measurement.WorkerMeasurement;
import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.LoadPlan;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Slo;
import bench.podium.domain.plan.Slo.LatencyFigure;
import bench.podium.engine.GatedRun;
import bench.podium.engine.LoadAssignment;
import bench.podium.engine.LoopbackTarget;
import bench.podium.engine.LoopbackTarget.Arrived;
import bench.podium.engine.LoopbackTarget.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the real wrk against servers with random faults, evaluates the results like those of a step,
 * and compares them with the server's own measurement. {@code -Dpodium.stalls=N} sets the number of
 * runs, {@code -Dpodium.seed=N} repeats the random numbers of an earlier run.
 */
class WrkStallsChaos {

  private static final int RUNS = Integer.getInteger("podium.stalls", 500);
  private static final long SEED = Long.getLong("podium.seed", new Random().nextInt(1_000_000));
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final long SECONDS = 3;

  /** Maximum ratio of lost requests and of stalled connection time in the SLOs. */
  private static final double MAX_RATIO = 0.01;

  /** Error of a wait: the interval between two scans, and delays of a busy machine. */
  private static final Duration RESOLUTION = Duration.ofMillis(150);

  private static final Map<LatencyFigure, Double> RANKS =
      Map.of(LatencyFigure.P50, 0.5, LatencyFigure.P90, 0.9, LatencyFigure.P99, 0.99);

  @TempDir private Path directory;

  static Stream<Long> seeds() {
    return new Random(SEED).longs(RUNS).boxed();
  }

  /** The faults of a server. */
  private record Faults(
      int connections, int threads, long from, long length, int hanging, int hole, int drop) {

    static Faults of(Random random) {
      int threads = 1 << random.nextInt(3);
      int connections = threads * (1 + random.nextInt(5));
      return new Faults(
          connections,
          threads,
          random.nextInt(2_500),
          random.nextBoolean() ? 0 : 200 + random.nextInt(2_500),
          random.nextInt(3) == 0 ? 1 + random.nextInt(connections) : 0,
          random.nextInt(3) == 0 ? 50 + random.nextInt(3_000) : Integer.MAX_VALUE,
          random.nextInt(3) == 0 ? 20 + random.nextInt(500) : Integer.MAX_VALUE);
    }

    Reply reply(Arrived arrived) {
      boolean on = arrived.millis() >= from;
      if (on && arrived.connection() < hanging) {
        return new Reply.Nothing();
      }
      if (on && arrived.millis() < from + length) {
        return new Reply.After(from + length - arrived.millis());
      }
      if (arrived.number() % hole == hole - 1) {
        return new Reply.Nothing();
      }
      return arrived.number() % drop == drop - 1 ? new Reply.Close() : new Reply.After(3);
    }
  }

  /**
   * The server's own measurement.
   *
   * @param waits ascending, of requests that were answered or waited longer than the timeout
   * @param lost lower bound of the lost requests
   * @param stalled lower bound of the waits for replies beyond the timeout
   */
  private record Truth(List<Duration> waits, long lost, Duration stalled) {

    static Truth of(LoopbackTarget target, Instant end) {
      List<Duration> all =
          target.served().stream()
              .filter(each -> each.arrived().isBefore(end))
              .filter(
                  each ->
                      each.ended().filter(end::isAfter).isPresent()
                          || each.arrived().plus(TIMEOUT).isBefore(end))
              .map(
                  each ->
                      Duration.between(
                          each.arrived(), each.ended().filter(end::isAfter).orElse(end)))
              .sorted()
              .toList();
      List<Duration> lost =
          all.stream().filter(wait -> wait.compareTo(TIMEOUT.plus(RESOLUTION)) > 0).toList();
      return new Truth(
          all,
          lost.size(),
          lost.stream().map(wait -> wait.minus(RESOLUTION)).reduce(Duration.ZERO, Duration::plus));
    }

    Duration at(double rank) {
      return waits.get((int) Math.min(waits.size() - 1, Math.floor(rank * waits.size())));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void reportsNoBetterResultsThanTheServer(long seed) throws Exception {
    // Given
    Faults faults = Faults.of(new Random(seed));
    try (LoopbackTarget target = LoopbackTarget.by(faults::reply)) {
      LoadAssignment assignment =
          WrkRun.withTimes(
              WrkRun.assignment(
                  target.uri(), WrkRun.get("/"), faults.connections(), faults.threads()),
              TIMEOUT.toSeconds(),
              SECONDS);
      Instant t0 = GatedRun.soon();

      // When
      WorkerMeasurement measured = WrkRun.run(t0, assignment, directory).measurement();

      // Then
      Row row = evaluate(assignment, faults, measured);
      Truth truth = Truth.of(target, t0.plus(measured.duration()));
      String what = "%s, seed %d: %s".formatted(faults, seed, row.message());
      assertThat((long) target.requests().size())
          .as(what)
          .isBetween(measured.sent() - faults.connections(), measured.sent());
      double connectionTime = measured.duration().toMillis() * (double) faults.connections();
      if (truth.lost() > MAX_RATIO * measured.sent()
          || truth.stalled().toMillis() > MAX_RATIO * connectionTime) {
        assertThat(row.verdict()).as(what).isNotEqualTo(Verdict.PASSED);
      }
      LatencySummary latency = row.figures().orElseThrow().latency().orElseThrow();
      RANKS.forEach(
          (figure, rank) ->
              assertThat(latency.micros(figure))
                  .as("%s of %s", figure, what)
                  .isGreaterThanOrEqualTo(atLeast(truth.at(rank))));
    }
  }

  /** The server's measurement starts later than the client's; buckets have an error of 0.05 %. */
  private static long atLeast(Duration wait) {
    Duration known = wait.compareTo(TIMEOUT) < 0 ? wait : TIMEOUT;
    return Math.round(known.toNanos() / 1e3 * 0.999) - 1_000;
  }

  private static Row evaluate(
      LoadAssignment assignment, Faults faults, WorkerMeasurement measured) {
    RunPlan plan = PlanFixture.plan();
    RunPlan alone =
        new RunPlan(
            plan.run(),
            plan.targets(),
            assignment.workload(),
            new LoadPlan(
                EngineKind.WRK, 1, faults.threads(), TIMEOUT, Duration.ZERO, Duration.ZERO),
            plan.steps(),
            List.of(new Slo.ErrorRatio(10_000), Slo.StalledRatio.IMPLIED),
            plan.limits(),
            plan.environment(),
            plan.planned(),
            plan.deadline());
    StepAssessment assessed =
        StepAssessment.assess(
            alone,
            alone.steps().getFirst(),
            List.of(measured),
            new StepAssessment.AttemptContext(1, 0, 0, true, TargetContext.withoutCollector()));
    return ((StepAssessment.Valid) assessed).row();
  }
}

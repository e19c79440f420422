package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.testing.LoadAudit;
import bench.podium.testing.OperatorProcess;
import bench.podium.testing.RealCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs in a loop, each with a target that may be faulty and with up to two faults at random times.
 * Each run must finish with the expected verdict and leave no objects, and the memory of the
 * operator, one process all the time, must not grow. {@code -Dpodium.minutes=N} sets the duration,
 * {@code -Dpodium.seed=N} repeats the random numbers of an earlier run.
 */
class RandomFaultsChaos {

  private static final String NAMESPACE = "podium-faults";
  private static final String RUN = "chaos";
  private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("podium.minutes", 60));
  private static final long SEED = Long.getLong("podium.seed", new Random().nextInt(1_000_000));

  /** Deadline of the run and time for the clean-up. */
  private static final Duration TIMEOUT = Duration.ofMinutes(3).plusSeconds(20);

  /** About the duration of a run without faults. */
  private static final Duration SPAN = Duration.ofSeconds(24);

  private static final int MAX_FAULTS = 2;

  /** Number of runs after which the operator's memory is stable. */
  private static final int WARMUP_RUNS = 10;

  private static final double MAX_GROWTH = 1.2;

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster(NAMESPACE);

  @TempDir static Path folder;

  private static OperatorProcess operator;
  private static final List<Long> MEMORY_KIB = new ArrayList<>();

  /** Faults of the second target, from its start. */
  enum TargetFault {
    NONE("none"),
    CRASHES_ONCE("crash"),
    CRASHES("crash"),
    HANGS("hang"),
    CLOSES("close"),
    ANSWERS_500("status500"),
    MUTE("mute"),
    FORGES("forge");

    private final String name;

    TargetFault(String name) {
      this.name = name;
    }

    boolean isHarmless() {
      return this == NONE || this == FORGES || this == CRASHES_ONCE;
    }
  }

  /**
   * A fault of the run.
   *
   * @param after time since the creation of the run
   */
  record Injection(RandomFault fault, Duration after) {
    @Override
    public String toString() {
      return fault + " after " + after.toMillis() + " ms";
    }
  }

  /** The faults of one run. */
  record Scenario(long seed, int run, TargetFault target, List<Injection> injections) {

    static Scenario draw(long seed, int run) {
      // Similar seeds give unrelated random numbers.
      SplittableRandom random = new SplittableRandom(seed * 1_000_003 + run);
      // Half of the targets have no fault.
      TargetFault[] faults = TargetFault.values();
      TargetFault target =
          random.nextBoolean() ? TargetFault.NONE : faults[random.nextInt(faults.length)];
      List<Injection> injections =
          Stream.generate(() -> injection(random)).limit(random.nextInt(MAX_FAULTS + 1)).toList();
      return new Scenario(seed, run, target, injections);
    }

    private static Injection injection(SplittableRandom random) {
      RandomFault[] faults = RandomFault.values();
      return new Injection(
          faults[random.nextInt(faults.length)],
          Duration.ofMillis(random.nextLong(SPAN.toMillis())));
    }

    boolean mayChangeOutcome() {
      return injections.stream().anyMatch(injection -> injection.fault().mayChangeOutcome());
    }

    @Override
    public String toString() {
      return "seed %d, run %d: target %s, %s".formatted(seed, run, target, injections);
    }
  }

  @BeforeAll
  static void startOperator() {
    operator = new OperatorProcess(NAMESPACE, "", folder);
  }

  @AfterAll
  static void endOperator() {
    operator.close();
  }

  @TestFactory
  Stream<DynamicTest> runs() {
    Instant end = Instant.now().plus(TIME);
    return Stream.concat(
        IntStream.iterate(1, run -> run + 1)
            .takeWhile(run -> Instant.now().isBefore(end))
            .mapToObj(run -> Scenario.draw(SEED, run))
            .map(
                scenario ->
                    DynamicTest.dynamicTest(scenario.toString(), () -> endsAsExpected(scenario))),
        Stream.of(DynamicTest.dynamicTest("memory", RandomFaultsChaos::assertMemoryIsFlat)));
  }

  private static void endsAsExpected(Scenario scenario) {
    // Given
    CLUSTER.remove(RUN);
    try (LoadAudit audit = CLUSTER.audit(RUN);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      CLUSTER.apply(run(scenario));

      // When
      List<? extends Future<?>> injections =
          scenario.injections().stream()
              .map(
                  injection ->
                      timer.schedule(
                          () -> injection.fault().inject(CLUSTER, RUN),
                          injection.after().toMillis(),
                          TimeUnit.MILLISECONDS))
              .toList();
      BenchmarkRun finished = CLUSTER.awaitFinished(RUN, TIMEOUT);

      // Then
      await("all faults").atMost(SPAN).until(() -> injections.stream().allMatch(Future::isDone));
      print(scenario, finished);
      assertEndsAsExpected(scenario, finished, audit);
    }
  }

  private static void assertEndsAsExpected(
      Scenario scenario, BenchmarkRun finished, LoadAudit audit) {
    Verdict verdict = finished.getStatus().verdict();
    assertThat(finished.getStatus().results())
        .as("a target without a fault meets its SLO")
        .filteredOn(row -> row.target().equals("sound") && row.requests() != null)
        .filteredOn(row -> !scenario.mayChangeOutcome())
        .allMatch(row -> row.verdict() == Verdict.PASSED);
    if (!scenario.target().isHarmless()) {
      assertThat(verdict).as("a faulty target").isNotEqualTo(Verdict.PASSED);
    } else if (!scenario.mayChangeOutcome()) {
      assertThat(verdict).as(summary(finished)).isEqualTo(Verdict.PASSED);
    }
    if (verdict == Verdict.PASSED) {
      audit.assertHoldsWithLostPods(finished);
    }
    await("nothing left").atMost(Duration.ofSeconds(30)).until(() -> CLUSTER.pods(RUN).isEmpty());
    assertThat(operator.starts()).as("starts of the operator").isEqualTo(1);
  }

  private static BenchmarkRun run(Scenario scenario) {
    boolean once = scenario.target() == TargetFault.CRASHES_ONCE;
    return CLUSTER.read(
        RUN,
        Map.of(
            "/spec/targets/1/deploy/env/0/value",
            scenario.target().name,
            "/spec/targets/1/deploy/env/1/value",
            Boolean.toString(once)));
  }

  private static void print(Scenario scenario, BenchmarkRun finished) {
    MEMORY_KIB.add(operator.residentKib());
    System.out.printf(
        "%s: %s in %d s; operator %d KiB%n",
        scenario,
        summary(finished),
        Duration.between(
                Instant.parse(finished.getMetadata().getCreationTimestamp()),
                Instant.parse(finished.getStatus().completionTime()))
            .toSeconds(),
        MEMORY_KIB.getLast());
  }

  private static String summary(BenchmarkRun finished) {
    return "%s, %s, rows %s"
        .formatted(
            finished.getStatus().verdict(),
            RealCluster.reason(finished, "Finished"),
            finished.getStatus().results().stream()
                .map((ResultRow row) -> row.target() + " " + row.reason() + " " + row.attempts())
                .collect(Collectors.joining(", ")));
  }

  private static void assertMemoryIsFlat() {
    System.out.println("operator, resident KiB after each run: " + MEMORY_KIB);
    assertThat(MEMORY_KIB).hasSizeGreaterThan(WARMUP_RUNS);
    assertThat(MEMORY_KIB.getLast().doubleValue())
        .isLessThanOrEqualTo(MEMORY_KIB.get(WARMUP_RUNS) * MAX_GROWTH);
  }
}

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
 * Runs in a loop, each with a target that may be faulty and up to two strikes at any moment: none
 * is stuck, none passes that should not, none fails that should not, nothing is left, and the
 * operator, the same process all the time, takes no more and more memory. {@code
 * -Dpodium.minutes=N} says for how long, {@code -Dpodium.seed=N} draws the same again.
 */
class RandomFaultsChaos {

  private static final String NAMESPACE = "podium-faults";
  private static final String RUN = "chaos";
  private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("podium.minutes", 60));
  private static final long SEED = Long.getLong("podium.seed", new Random().nextInt(1_000_000));

  /** Its deadline, and what may follow it. */
  private static final Duration TIMEOUT = Duration.ofMinutes(3).plusSeconds(20);

  /** About as long as a run that nothing befalls. */
  private static final Duration SPAN = Duration.ofSeconds(24);

  private static final int MAX_FAULTS = 2;

  /** Runs until the operator has seen all there is to be seen. */
  private static final int WARM = 10;

  private static final double FLAT = 1.2;

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster(NAMESPACE);

  @TempDir static Path folder;

  private static OperatorProcess operator;
  private static final List<Long> MEMORY_KIB = new ArrayList<>();

  /** What is wrong with the second target from its start. */
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

    boolean harmless() {
      return this == NONE || this == FORGES || this == CRASHES_ONCE;
    }
  }

  /**
   * @param after the creation of the run
   */
  record Injection(RandomFault strike, Duration after) {
    @Override
    public String toString() {
      return strike + " after " + after.toMillis() + " ms";
    }
  }

  /** One run's fate. */
  record Expectation(long seed, int run, TargetFault target, List<Injection> blows) {

    static Expectation draw(long seed, int run) {
      // Seeds that are close together draw unlike things.
      SplittableRandom random = new SplittableRandom(seed * 1_000_003 + run);
      // Every second target is sound.
      TargetFault[] faults = TargetFault.values();
      TargetFault target =
          random.nextBoolean() ? TargetFault.NONE : faults[random.nextInt(faults.length)];
      List<Injection> blows =
          Stream.generate(() -> injection(random)).limit(random.nextInt(MAX_FAULTS + 1)).toList();
      return new Expectation(seed, run, target, blows);
    }

    private static Injection injection(SplittableRandom random) {
      RandomFault[] strikes = RandomFault.values();
      return new Injection(
          strikes[random.nextInt(strikes.length)],
          Duration.ofMillis(random.nextLong(SPAN.toMillis())));
    }

    boolean mayEndOtherwise() {
      return blows.stream().anyMatch(injection -> injection.strike().ends());
    }

    @Override
    public String toString() {
      return "seed %d, run %d: target %s, %s".formatted(seed, run, target, blows);
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
            .mapToObj(run -> Expectation.draw(SEED, run))
            .map(
                expectation ->
                    DynamicTest.dynamicTest(
                        expectation.toString(), () -> endsAsItShould(expectation))),
        Stream.of(DynamicTest.dynamicTest("memory", RandomFaultsChaos::assertMemoryIsFlat)));
  }

  private static void endsAsItShould(Expectation expectation) {
    // Given
    CLUSTER.remove(RUN);
    try (LoadAudit audit = CLUSTER.audit(RUN);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      CLUSTER.apply(run(expectation));

      // When
      List<? extends Future<?>> blows =
          expectation.blows().stream()
              .map(
                  injection ->
                      timer.schedule(
                          () -> injection.strike().befall(CLUSTER, RUN),
                          injection.after().toMillis(),
                          TimeUnit.MILLISECONDS))
              .toList();
      BenchmarkRun finished = CLUSTER.awaitFinished(RUN, TIMEOUT);

      // Then
      await("all strikes").atMost(SPAN).until(() -> blows.stream().allMatch(Future::isDone));
      tell(expectation, finished);
      assertEndsAsItShould(expectation, finished, audit);
    }
  }

  private static void assertEndsAsItShould(
      Expectation expectation, BenchmarkRun finished, LoadAudit audit) {
    Verdict verdict = finished.getStatus().verdict();
    assertThat(finished.getStatus().results())
        .as("a sound target never misses its SLO")
        .filteredOn(row -> row.target().equals("sound") && row.requests() != null)
        .filteredOn(row -> !expectation.mayEndOtherwise())
        .allMatch(row -> row.verdict() == Verdict.PASSED);
    if (!expectation.target().harmless()) {
      assertThat(verdict).as("a faulty target").isNotEqualTo(Verdict.PASSED);
    } else if (!expectation.mayEndOtherwise()) {
      assertThat(verdict).as(whatItSays(finished)).isEqualTo(Verdict.PASSED);
    }
    if (verdict == Verdict.PASSED) {
      audit.assertHoldsThoughPodsWereLost(finished);
    }
    await("nothing left").atMost(Duration.ofSeconds(30)).until(() -> CLUSTER.pods(RUN).isEmpty());
    assertThat(operator.starts()).as("starts of the operator").isEqualTo(1);
  }

  private static BenchmarkRun run(Expectation expectation) {
    boolean once = expectation.target() == TargetFault.CRASHES_ONCE;
    return CLUSTER.read(
        RUN,
        Map.of(
            "/spec/targets/1/deploy/env/0/value",
            expectation.target().name,
            "/spec/targets/1/deploy/env/1/value",
            Boolean.toString(once)));
  }

  private static void tell(Expectation expectation, BenchmarkRun finished) {
    MEMORY_KIB.add(operator.residentKib());
    System.out.printf(
        "%s: %s in %d s; operator %d KiB%n",
        expectation,
        whatItSays(finished),
        Duration.between(
                Instant.parse(finished.getMetadata().getCreationTimestamp()),
                Instant.parse(finished.getStatus().completionTime()))
            .toSeconds(),
        MEMORY_KIB.getLast());
  }

  private static String whatItSays(BenchmarkRun finished) {
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
    assertThat(MEMORY_KIB).hasSizeGreaterThan(WARM);
    assertThat(MEMORY_KIB.getLast().doubleValue()).isLessThanOrEqualTo(MEMORY_KIB.get(WARM) * FLAT);
  }
}

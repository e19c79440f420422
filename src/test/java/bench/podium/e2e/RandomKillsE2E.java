package bench.podium.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.testing.LoadAudit;
import bench.podium.testing.OperatorProcess;
import bench.podium.testing.RealCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The operator is killed at random times and started again: the outcome of the run is the same as
 * without kills. {@code -Dpodium.kills=N} sets the total number of kills, {@code -Dpodium.seed=N}
 * repeats the times of an earlier run.
 */
class RandomKillsE2E {

  private static final String NAMESPACE = "podium-kills";
  private static final String RUN = "crash";
  private static final int KILLS = Integer.getInteger("podium.kills", 5);
  private static final long SEED = Long.getLong("podium.seed", new Random().nextInt(1_000_000));
  private static final int KILLS_PER_RUN = 3;

  /** Shorter than any run. */
  private static final Duration SPAN = Duration.ofSeconds(20);

  /** Between two kills, so that a new process exists. */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  @RegisterExtension static final RealCluster CLUSTER = new RealCluster(NAMESPACE);

  @TempDir Path folder;

  /**
   * The kills of the operator in one run.
   *
   * @param after times since the creation of the run
   */
  record Kills(long seed, int run, List<Duration> after) {

    static Kills draw(long seed, int run, int count) {
      Random random = new Random(seed + run);
      long span = SPAN.minus(INTERVAL.multipliedBy(count)).toMillis();
      List<Long> drawn =
          Stream.generate(() -> random.nextLong(span)).limit(count).sorted().toList();
      List<Duration> after = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        after.add(Duration.ofMillis(drawn.get(i)).plus(INTERVAL.multipliedBy(i)));
      }
      return new Kills(seed, run, after);
    }

    @Override
    public String toString() {
      return "seed %d, run %d: killed after %s ms"
          .formatted(seed, run, after.stream().map(Duration::toMillis).toList());
    }
  }

  static List<Kills> runs() {
    List<Kills> runs = new ArrayList<>();
    for (int left = KILLS; left > 0; left -= KILLS_PER_RUN) {
      runs.add(Kills.draw(SEED, runs.size() + 1, Math.min(left, KILLS_PER_RUN)));
    }
    return runs;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void measuresAllStepsInOneAttempt(Kills kills) {
    // Given
    CLUSTER.remove(RUN);
    try (LoadAudit audit = CLUSTER.audit(RUN);
        OperatorProcess operator = new OperatorProcess(NAMESPACE, "", folder);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      CLUSTER.apply(RUN);

      // When
      List<? extends Future<?>> done =
          kills.after().stream()
              .map(after -> timer.schedule(operator::kill, after.toMillis(), TimeUnit.MILLISECONDS))
              .toList();
      BenchmarkRun finished = CLUSTER.awaitFinished(RUN, Duration.ofMinutes(3));

      // Then
      await("all kills").atMost(SPAN).until(() -> done.stream().allMatch(Future::isDone));
      assertThat(RunOutcome.of(finished)).isEqualTo(RunOutcome.allMeasured(finished));
      audit.assertHolds(finished);
      assertThat(operator.starts())
          .as("starts of the operator")
          .isEqualTo(1 + kills.after().size());
    }
  }
}

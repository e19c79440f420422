package bench.podium.testing;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.AttemptStatus;
import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.ProgressStatus;
import bench.podium.api.v1alpha1.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The outcome of the run {@code outage} with a fault of the API server.
 *
 * @param due when the run could have continued: the API server was ready, and the step during which
 *     the fault was injected had ended
 * @param continued when its next action was visible in the status
 */
public record ApiServerOutage(
    RealCluster cluster, BenchmarkRun finished, Instant due, Instant continued) {

  /** When the fault is injected. */
  public enum Moment {
    /** Some time after T0 of the first step. */
    IN_MID_STEP,
    /** After the first step is recorded and before the second one starts. */
    BETWEEN_STEPS,
    /** In mid-step; the operator is killed at the same time and starts during the fault. */
    AT_OPERATOR_START;

    private boolean hasCome(BenchmarkRun run) {
      return switch (this) {
        case IN_MID_STEP, AT_OPERATOR_START -> inMidStep(run);
        case BETWEEN_STEPS -> progress(run).filter(at -> at.step() == 2).isPresent();
      };
    }
  }

  /** Maximum delay until the run continues. */
  private static final Duration MAX_DELAY = Duration.ofSeconds(10);

  private static final String RUN = "outage";
  private static final Duration LONG_STEP = Duration.ofSeconds(8);
  private static final Duration SHORT_STEP = Duration.ofSeconds(1);

  /**
   * Runs {@code outage} to its end with this fault.
   *
   * @param duration of the fault
   * @param killOperator kills the operator, which is then started again immediately
   */
  public static ApiServerOutage at(
      Moment moment,
      ApiServerFault fault,
      Duration duration,
      RealCluster cluster,
      Runnable killOperator) {
    cluster.apply(RUN);
    BenchmarkRun before =
        cluster.awaitRun(RUN, moment.name(), Duration.ofMinutes(1), moment::hasCome);
    Instant back =
        fault.injectFor(
            duration,
            LocalCluster.underTest(),
            cluster.client(),
            moment == Moment.AT_OPERATOR_START ? killOperator : () -> {});
    cluster.awaitRun(RUN, "continued", Duration.ofMinutes(2), run -> hasContinued(before, run));
    Instant continued = Instant.now();
    return new ApiServerOutage(
        cluster,
        cluster.awaitFinished(RUN, Duration.ofMinutes(3)),
        latest(back, endOfStep(before)),
        continued);
  }

  private static boolean inMidStep(BenchmarkRun run) {
    return progress(run)
        .filter(progress -> progress.step() == 1)
        .map(ProgressStatus::attempt)
        .map(AttemptStatus::startAt)
        .filter(start -> Instant.parse(start).plusSeconds(2).isBefore(Instant.now()))
        .isPresent();
  }

  private static boolean hasContinued(BenchmarkRun before, BenchmarkRun now) {
    return !action(before).equals(action(now));
  }

  /** The fields of the progress that an action changes, without those that depend on time only. */
  private static String action(BenchmarkRun run) {
    return progress(run)
        .map(at -> "%d %d %s".formatted(at.step(), at.attempt().number(), at.attempt().startAt()))
        .orElse("finished");
  }

  private static Instant endOfStep(BenchmarkRun run) {
    return progress(run)
        .filter(progress -> progress.attempt().startAt() != null)
        .map(
            at ->
                Instant.parse(at.attempt().startAt()).plus(at.step() == 1 ? LONG_STEP : SHORT_STEP))
        .orElse(Instant.EPOCH);
  }

  private static Optional<ProgressStatus> progress(BenchmarkRun run) {
    return Optional.ofNullable(run.getStatus().progress());
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Each step was measured in its first attempt. */
  public void assertAllRowsAreMeasuredInOneAttempt() {
    BenchmarkRunAssert.assertThat(finished).hasVerdict(Verdict.PASSED);
    assertThat(finished.getStatus().results())
        .extracting(row -> row.target() + "/" + row.stage() + " in " + row.attempts())
        .containsExactly("gin/long in 1", "gin/short in 1", "chi/long in 1", "chi/short in 1");
  }

  public void assertContinuedInTime() {
    assertThat(delayOfNextAction()).as("delay of the next action").isLessThanOrEqualTo(MAX_DELAY);
  }

  /** From when the run could have continued to its next action. */
  public Duration delayOfNextAction() {
    return Duration.between(due, continued);
  }

  /** Also checks the load of the next step. */
  public void assertNextStepStartedInTime() {
    assertThat(delayOfNextStart()).as("delay of the next T0").isLessThanOrEqualTo(MAX_DELAY);
  }

  /** From when the run could have continued to T0 of the second step. */
  public Duration delayOfNextStart() {
    return Duration.between(
        due, StoredStep.read(cluster.client(), cluster.namespace(), RUN, 1).t0());
  }
}

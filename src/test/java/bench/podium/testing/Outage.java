package bench.podium.testing;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.ProgressStatus;
import bench.podium.api.v1alpha1.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The run {@code outage} with the API server away at some moment of it: what came of it.
 *
 * @param back when the API server was there again
 */
public record Outage(RealCluster cluster, BenchmarkRun finished, Instant back) {

  /** When the API server goes. */
  public enum Moment {
    /** The load of the first step has been on for some time. */
    IN_MID_STEP,
    /** The first step is recorded, and the second has not begun. */
    BETWEEN_STEPS,
    /** The operator dies with it in mid-step, and starts while it is away. */
    WHILE_THE_OPERATOR_STARTS;

    private boolean hasCome(BenchmarkRun run) {
      return switch (this) {
        case IN_MID_STEP, WHILE_THE_OPERATOR_STARTS -> inMidStep(run);
        case BETWEEN_STEPS -> betweenSteps(run);
      };
    }
  }

  /** How soon after the API server is back a run has to go on. */
  private static final Duration GOES_ON = Duration.ofSeconds(10);

  private static final String RUN = "outage";
  private static final Duration LONG = Duration.ofSeconds(8);
  private static final Duration COOLDOWN = Duration.ofSeconds(2);

  /**
   * @param killOperator lets the operator die, to be started again at once
   */
  public static Outage at(
      Moment moment, Absence absence, Duration time, RealCluster cluster, Runnable killOperator) {
    cluster.apply(RUN);
    cluster.awaitRun(RUN, moment.name(), Duration.ofMinutes(1), moment::hasCome);
    Instant back =
        absence.last(
            time,
            LocalCluster.underTest(),
            cluster.client(),
            moment == Moment.WHILE_THE_OPERATOR_STARTS ? killOperator : () -> {});
    return new Outage(cluster, cluster.awaitFinished(RUN, Duration.ofMinutes(2)), back);
  }

  private static boolean inMidStep(BenchmarkRun run) {
    return progress(run)
        .filter(progress -> progress.step() == 1)
        .map(ProgressStatus::startAt)
        .filter(start -> Instant.parse(start).plusSeconds(2).isBefore(Instant.now()))
        .isPresent();
  }

  private static boolean betweenSteps(BenchmarkRun run) {
    return progress(run).filter(progress -> progress.step() == 2).isPresent();
  }

  private static Optional<ProgressStatus> progress(BenchmarkRun run) {
    return Optional.ofNullable(run.getStatus().progress());
  }

  /** Nothing happened to the numbers: each step has its row, from its first attempt. */
  public void hasAllRowsAsIfNothingHadBeen() {
    assertThat(finished.getStatus().verdict()).isEqualTo(Verdict.PASSED);
    assertThat(finished.getStatus().results())
        .extracting(row -> row.target() + "/" + row.stage() + " in " + row.attempts())
        .containsExactly("gin/long in 1", "gin/short in 1", "chi/long in 1", "chi/short in 1");
  }

  /** The second step started soon after the API server was back, or when it was due anyway. */
  public void wentOnInTime() {
    assertThat(pause()).as("the run went on").isLessThanOrEqualTo(GOES_ON);
  }

  /** From when the run could have gone on, to the next T0; negative where it had gone on before. */
  public Duration pause() {
    return Duration.between(due(), t0(1));
  }

  private Instant due() {
    Instant end = t0(0).plus(LONG).plus(COOLDOWN);
    return end.isAfter(back) ? end : back;
  }

  private Instant t0(int step) {
    return StoredStep.read(cluster.client(), cluster.namespace(), RUN, step).t0();
  }
}

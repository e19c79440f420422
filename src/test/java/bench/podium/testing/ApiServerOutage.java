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
 * The run {@code outage} with the API server away at some moment of it: what came of it.
 *
 * @param due when the run could have gone on: the API server was there again, and the step that had
 *     been under way was over
 * @param wentOn when its next action showed in the status
 */
public record ApiServerOutage(
    RealCluster cluster, BenchmarkRun finished, Instant due, Instant wentOn) {

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
        case BETWEEN_STEPS -> progress(run).filter(at -> at.step() == 2).isPresent();
      };
    }
  }

  /** How soon after it could a run has to go on. */
  private static final Duration GOES_ON = Duration.ofSeconds(10);

  private static final String RUN = "outage";
  private static final Duration LONG = Duration.ofSeconds(8);
  private static final Duration SHORT = Duration.ofSeconds(1);

  /**
   * @param killOperator lets the operator die, to be started again at once
   */
  public static ApiServerOutage at(
      Moment moment,
      ApiServerFault absence,
      Duration time,
      RealCluster cluster,
      Runnable killOperator) {
    cluster.apply(RUN);
    BenchmarkRun before =
        cluster.awaitRun(RUN, moment.name(), Duration.ofMinutes(1), moment::hasCome);
    Instant back =
        absence.last(
            time,
            LocalCluster.underTest(),
            cluster.client(),
            moment == Moment.WHILE_THE_OPERATOR_STARTS ? killOperator : () -> {});
    cluster.awaitRun(RUN, "on its way", Duration.ofMinutes(2), run -> wentOn(before, run));
    Instant wentOn = Instant.now();
    return new ApiServerOutage(
        cluster,
        cluster.awaitFinished(RUN, Duration.ofMinutes(3)),
        latest(back, endOfStep(before)),
        wentOn);
  }

  private static boolean inMidStep(BenchmarkRun run) {
    return progress(run)
        .filter(progress -> progress.step() == 1)
        .map(ProgressStatus::attempt)
        .map(AttemptStatus::startAt)
        .filter(start -> Instant.parse(start).plusSeconds(2).isBefore(Instant.now()))
        .isPresent();
  }

  private static boolean wentOn(BenchmarkRun before, BenchmarkRun now) {
    return !action(before).equals(action(now));
  }

  /** What an action changes, without figures that only count time. */
  private static String action(BenchmarkRun run) {
    return progress(run)
        .map(at -> "%d %d %s".formatted(at.step(), at.attempt().number(), at.attempt().startAt()))
        .orElse("over");
  }

  private static Instant endOfStep(BenchmarkRun run) {
    return progress(run)
        .filter(progress -> progress.attempt().startAt() != null)
        .map(at -> Instant.parse(at.attempt().startAt()).plus(at.step() == 1 ? LONG : SHORT))
        .orElse(Instant.EPOCH);
  }

  private static Optional<ProgressStatus> progress(BenchmarkRun run) {
    return Optional.ofNullable(run.getStatus().progress());
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Nothing happened to the numbers: each step has its row, from its first attempt. */
  public void hasAllRowsAsIfNothingHadBeen() {
    assertThat(finished.getStatus().verdict()).isEqualTo(Verdict.PASSED);
    assertThat(finished.getStatus().results())
        .extracting(row -> row.target() + "/" + row.stage() + " in " + row.attempts())
        .containsExactly("gin/long in 1", "gin/short in 1", "chi/long in 1", "chi/short in 1");
  }

  public void wentOnInTime() {
    assertThat(pause()).as("until the run went on").isLessThanOrEqualTo(GOES_ON);
  }

  /** From when the run could have gone on to its next action. */
  public Duration pause() {
    return Duration.between(due, wentOn);
  }

  /** Not only the next action, but the next load. */
  public void startedInTime() {
    assertThat(untilNextStart()).as("until the next T0").isLessThanOrEqualTo(GOES_ON);
  }

  /** The same to the second step's T0, for which the kubelet has to bring commands again. */
  public Duration untilNextStart() {
    return Duration.between(
        due, StoredStep.read(cluster.client(), cluster.namespace(), RUN, 1).t0());
  }
}

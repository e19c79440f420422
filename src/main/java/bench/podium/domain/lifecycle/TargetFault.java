package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.StepAssessment;
import bench.podium.domain.measure.TargetSamples.MainProcesses;
import bench.podium.domain.measure.WorkerMeasurement;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An attempt that cannot be used because of its target: repeated, until the target is given up. */
final class TargetFault {

  private final RunPlan plan;
  private final Step step;
  private final Progress progress;
  private final Observation seen;
  private final Instant now;
  private final TargetObservation target;
  private final TargetEnds ends;

  TargetFault(RunPlan plan, Step step, Progress progress, Observation seen, Instant now) {
    this.plan = plan;
    this.step = step;
    this.progress = progress;
    this.seen = seen;
    this.now = now;
    this.target = seen.target(step.target()).orElseThrow();
    this.ends = new TargetEnds(plan, step, progress, target);
  }

  /** Whether it started again since the current attempt was intended. */
  boolean restarted() {
    return progress
        .atHand()
        .intendedAt()
        .flatMap(intended -> target.lastStart().filter(start -> !start.isBefore(intended)))
        .isPresent();
  }

  /**
   * Whether the target outlived the load, of which Kubernetes tells only some time after. Its
   * observers' next samples show it sooner; without them it is waited for where connections broke.
   *
   * @return empty where it has, or nothing speaks against it any more
   */
  List<Decision> outlived(List<WorkerMeasurement> measurements) {
    Instant over = progress.t0().orElseThrow().plus(Timing.load(plan.load(), step));
    boolean broke = measurements.stream().anyMatch(measured -> measured.errors().connections() > 0);
    return switch (mainProcesses(broke ? over.plus(Timing.CLOCKS_DIFFER) : over)) {
      case SAME -> List.of();
      case ENDED -> ended(over.plus(Timing.RESTART_SHOWS));
      case UNKNOWN -> mayShow(over, broke);
    };
  }

  private List<Decision> ended(Instant shows) {
    return ends.cause().isPresent() || !now.isBefore(shows)
        ? voidAttempt()
        : List.of(
            new Decision.Await(
                Duration.between(now, shows), "what the target's container ended of"));
  }

  private List<Decision> mayShow(Instant over, boolean broke) {
    boolean samplesTell =
        target.observers().stream().anyMatch(observer -> observer.talk().samples().tellStarts());
    Duration wait = samplesTell ? Timing.SAMPLES_SHOW : Duration.ZERO;
    Instant shows = over.plus(broke ? Timing.RESTART_SHOWS : wait);
    if (!now.isBefore(shows)) {
      return List.of();
    }
    Duration left = Duration.between(now, shows);
    Duration look =
        samplesTell && Timing.SAMPLES_LOOK.compareTo(left) < 0 ? Timing.SAMPLES_LOOK : left;
    return List.of(new Decision.Await(look, "whether the target outlived the load"));
  }

  /** Of all replicas, from the attempt's beginning. */
  private MainProcesses mainProcesses(Instant until) {
    Set<MainProcesses> seen =
        target.observers().stream()
            .map(observer -> observer.talk().samples())
            .map(samples -> samples.mainProcesses(scheduledAt(), until))
            .collect(Collectors.toSet());
    if (seen.contains(MainProcesses.ENDED)) {
      return MainProcesses.ENDED;
    }
    return seen.equals(Set.of(MainProcesses.SAME)) ? MainProcesses.SAME : MainProcesses.UNKNOWN;
  }

  private Instant scheduledAt() {
    return progress.atHand().intendedAt().orElse(Instant.MAX);
  }

  /**
   * Whether connections broke, or got no answer, for want of a Service. Those that stood before
   * outlive it: an attempt without such errors is sound.
   */
  boolean wasCutOff(List<WorkerMeasurement> measurements) {
    return target.state() instanceof TargetObservation.State.CutOff
        && measurements.stream()
            .map(WorkerMeasurement::errors)
            .anyMatch(errors -> errors.connections() + errors.timeout() > 0);
  }

  /** It started again, or is not there any more. */
  List<Decision> voidAttempt() {
    Optional<ContainerEnd> last = ends.cause().or(target::lastEnd);
    return voidOrEnd(
        "TargetRestarted: "
            + ends.cause()
                .map(end -> ends.ofThisAttempt())
                .orElse("target %s restarted or went".formatted(step.target())),
        last.isEmpty() && target.restarts() == 0
            ? end(Remedy.ofReplacement("its pod was replaced in every attempt"))
            : endRestarted(last, "restarted in every attempt" + theLast(ends.ofThisAttempt())));
  }

  /** Whether it restarted in this step: that it is not ready then says less. */
  boolean crashed() {
    return progress.atHand().voided() > 0 && target.restarts() > 0;
  }

  /** Gives up a target that crashed and has not come back. */
  List<Decision> endCrashed() {
    String how =
        "restarted, and not ready again within limits.startTimeout of %ss%s"
            .formatted(plan.limits().startTimeout().toSeconds(), theLast(ends.afterTheAttempt()));
    return Stream.concat(ends.recordLast().stream(), Stream.of(endRestarted(target.lastEnd(), how)))
        .toList();
  }

  private static String theLast(String end) {
    return end.isEmpty() ? "" : "; the last: " + end;
  }

  private Decision endRestarted(Optional<ContainerEnd> last, String how) {
    return end(Remedy.ofRestarts(last, target.oomKills(), how));
  }

  private Decision end(String message) {
    return new Decision.EndTarget(
        plan.steps().stream()
            .filter(left -> left.target().equals(step.target()))
            .filter(left -> left.index() >= step.index())
            .map(
                left ->
                    StepAssessment.restarted(left, message, target.restarts(), target.oomKills()))
            .toList());
  }

  /** A load pod says that it could not be loaded. */
  List<Decision> voidAttempt(String why) {
    String all = why + ends.cause().map(end -> "; " + ends.ofThisAttempt()).orElse("");
    Trouble trouble = new Trouble(Trouble.Kind.NOT_READY, all);
    return voidOrEnd(
        "TargetNotReady: " + all,
        TargetSequence.endTarget(
            plan,
            seen,
            step.target(),
            ends.cause().map(end -> Remedy.ofTarget(trouble, end)).orElse(trouble)));
  }

  /**
   * Where a load pod could not connect at T0 the target may just have ended, which Kubernetes says
   * a moment later: a wait for that, unless it is over.
   */
  Optional<Decision> causeMayShow() {
    return progress
        .t0()
        .map(t0 -> t0.plus(Timing.RESTART_SHOWS))
        .filter(shows -> ends.cause().isEmpty() && target.running() && now.isBefore(shows))
        .map(
            shows ->
                new Decision.Await(
                    Duration.between(now, shows), "whether the target has ended, and of what"));
  }

  private List<Decision> voidOrEnd(String why, Decision end) {
    Progress voided = progress.voidAttempt(plan, now, why);
    Decision last = Attempts.exhausted(plan, voided) ? end : new Decision.VoidAttempt(voided, why);
    return Stream.concat(ends.record().stream(), Stream.of(last)).toList();
  }
}

package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.StepAssessment;
import bench.podium.domain.measurement.TargetSamples.MainProcesses;
import bench.podium.domain.measurement.WorkerMeasurement;
import bench.podium.domain.observation.ContainerTermination;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what follows an attempt that cannot be used because of its target: another attempt, until
 * the target is failed.
 */
final class TargetFailurePolicy {

  private final RunPlan plan;
  private final Step step;
  private final Progress progress;
  private final RunObservation observed;
  private final Instant now;
  private final TargetObservation target;
  private final TargetTerminations terminations;

  TargetFailurePolicy(
      RunPlan plan, Step step, Progress progress, RunObservation observed, Instant now) {
    this.plan = plan;
    this.step = step;
    this.progress = progress;
    this.observed = observed;
    this.now = now;
    this.target = observed.target(step.target()).orElseThrow();
    this.terminations = new TargetTerminations(plan, step, progress, target);
  }

  /** Whether the target started after the current attempt was scheduled. */
  boolean restarted() {
    return progress
        .attempt()
        .scheduledAt()
        .flatMap(scheduled -> target.lastStart().filter(start -> !start.isBefore(scheduled)))
        .isPresent();
  }

  /**
   * Checks whether the target survived the load, which Kubernetes shows only after some time. The
   * collectors' next samples show it sooner; without them there is a wait only where connections
   * broke.
   *
   * @return empty where it survived, or where no sign of the opposite appeared in time
   */
  List<RunAction> awaitSurvival(List<WorkerMeasurement> measurements) {
    Instant loadEnd = progress.t0().orElseThrow().plus(Timing.load(plan.load(), step));
    boolean connectionsBroke =
        measurements.stream().anyMatch(measured -> measured.errors().connections() > 0);
    return switch (mainProcesses(
        connectionsBroke ? loadEnd.plus(Timing.MAX_CLOCK_DIFFERENCE) : loadEnd)) {
      case SAME -> List.of();
      case ENDED -> discardWithCause(loadEnd.plus(Timing.RESTART_VISIBLE_AFTER));
      case UNKNOWN -> awaitEvidence(loadEnd, connectionsBroke);
    };
  }

  private List<RunAction> discardWithCause(Instant visibleAt) {
    return terminations.cause().isPresent() || !now.isBefore(visibleAt)
        ? discardAttempt()
        : List.of(
            new RunAction.Await(
                Duration.between(now, visibleAt),
                "the cause of the termination of the target's container"));
  }

  private List<RunAction> awaitEvidence(Instant loadEnd, boolean connectionsBroke) {
    boolean samplesShowStarts =
        target.collectors().stream()
            .anyMatch(collector -> collector.report().samples().hasProcessStarts());
    Duration wait = samplesShowStarts ? Timing.SAMPLES_VISIBLE_AFTER : Duration.ZERO;
    Instant visibleAt = loadEnd.plus(connectionsBroke ? Timing.RESTART_VISIBLE_AFTER : wait);
    if (!now.isBefore(visibleAt)) {
      return List.of();
    }
    Duration left = Duration.between(now, visibleAt);
    Duration pollInterval =
        samplesShowStarts && Timing.SAMPLES_POLL_INTERVAL.compareTo(left) < 0
            ? Timing.SAMPLES_POLL_INTERVAL
            : left;
    return List.of(new RunAction.Await(pollInterval, "whether the target survived the load"));
  }

  /** Whether the main processes of all replicas survived since the attempt was scheduled. */
  private MainProcesses mainProcesses(Instant until) {
    Set<MainProcesses> observed =
        target.collectors().stream()
            .map(collector -> collector.report().samples())
            .map(samples -> samples.mainProcesses(scheduledAt(), until))
            .collect(Collectors.toSet());
    if (observed.contains(MainProcesses.ENDED)) {
      return MainProcesses.ENDED;
    }
    return observed.equals(Set.of(MainProcesses.SAME)) ? MainProcesses.SAME : MainProcesses.UNKNOWN;
  }

  private Instant scheduledAt() {
    return progress.attempt().scheduledAt().orElse(Instant.MAX);
  }

  /**
   * Whether connections broke or got no reply because the Service did not route to the target.
   * Connections that were open before survive: an attempt without such errors is valid.
   */
  boolean wasServiceUnavailable(List<WorkerMeasurement> measurements) {
    return target.state() instanceof TargetObservation.State.ServiceUnavailable
        && measurements.stream()
            .map(WorkerMeasurement::errors)
            .anyMatch(errors -> errors.connections() + errors.timeout() > 0);
  }

  /** Discards an attempt whose target restarted or is gone. */
  List<RunAction> discardAttempt() {
    Optional<ContainerTermination> last = terminations.cause().or(target::lastTermination);
    return discardOrFail(
        "TargetRestarted: "
            + terminations
                .cause()
                .map(end -> terminations.causeText())
                .orElse("target %s restarted or was deleted".formatted(step.target())),
        last.isEmpty() && target.restarts() == 0
            ? failTarget(RemediationHint.ofReplacement("its pod was replaced in every attempt"))
            : failRestarted(
                last, "restarted in every attempt" + lastText(terminations.causeText())));
  }

  /** Whether the target restarted in this step, which explains why it is not ready. */
  boolean crashed() {
    return progress.attempt().discarded() > 0 && target.restarts() > 0;
  }

  /** Fails a target that crashed and did not become ready again. */
  List<RunAction> failCrashed() {
    String how =
        "restarted, and not ready again within limits.startTimeout of %ss%s"
            .formatted(
                plan.limits().startTimeout().toSeconds(), lastText(terminations.latestText()));
    return Stream.concat(
            terminations.recordLatest().stream(),
            Stream.of(failRestarted(target.lastTermination(), how)))
        .toList();
  }

  private static String lastText(String end) {
    return end.isEmpty() ? "" : "; the last: " + end;
  }

  private RunAction failRestarted(Optional<ContainerTermination> last, String how) {
    return failTarget(RemediationHint.ofRestarts(last, target.oomKills(), how));
  }

  private RunAction failTarget(String message) {
    return new RunAction.FailTarget(
        plan.steps().stream()
            .filter(left -> left.target().equals(step.target()))
            .filter(left -> left.index() >= step.index())
            .map(
                left ->
                    StepAssessment.restarted(left, message, target.restarts(), target.oomKills()))
            .toList());
  }

  /** Discards an attempt in which the target could not be loaded. */
  List<RunAction> discardAttempt(String why) {
    String all = why + terminations.cause().map(end -> "; " + terminations.causeText()).orElse("");
    Problem problem = new Problem(Problem.Kind.NOT_READY, all);
    return discardOrFail(
        "TargetNotReady: " + all,
        TargetSequence.failTarget(
            plan,
            observed,
            step.target(),
            terminations
                .cause()
                .map(end -> RemediationHint.ofTarget(problem, end))
                .orElse(problem)));
  }

  /**
   * If a worker could not connect at T0, the target may just have terminated, which Kubernetes
   * shows with a delay.
   *
   * @return a wait for that; absent when it is known, or when the time for it has passed
   */
  Optional<RunAction> awaitCause() {
    return progress
        .t0()
        .map(t0 -> t0.plus(Timing.RESTART_VISIBLE_AFTER))
        .filter(
            visibleAt ->
                terminations.cause().isEmpty() && target.running() && now.isBefore(visibleAt))
        .map(
            visibleAt ->
                new RunAction.Await(
                    Duration.between(now, visibleAt),
                    "whether the target has terminated, and why"));
  }

  private List<RunAction> discardOrFail(String why, RunAction end) {
    Progress discarded = progress.discardAttempt(plan, now, why);
    RunAction last =
        RetryPolicy.exhausted(plan, discarded) ? end : new RunAction.DiscardAttempt(discarded, why);
    return Stream.concat(terminations.record().stream(), Stream.of(last)).toList();
  }
}

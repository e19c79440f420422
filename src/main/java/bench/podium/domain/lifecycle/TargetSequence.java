package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.observation.ContainerTermination;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Replaces the previous target by the one of the current step: deletes the former, then creates the
 * latter and waits until it is ready.
 */
final class TargetSequence {

  private final RunPlan plan;
  private final Step step;
  private final Progress progress;
  private final RunObservation observed;
  private final Instant now;

  TargetSequence(RunPlan plan, Step step, Progress progress, RunObservation observed, Instant now) {
    this.plan = plan;
    this.step = step;
    this.progress = progress;
    this.observed = observed;
    this.now = now;
  }

  /**
   * The next actions; empty when the step's target is ready, or was ready and the step is in
   * progress.
   */
  List<RunAction> decide() {
    List<RunAction> removals = removeOthers();
    if (!removals.isEmpty()) {
      return removals;
    }
    return observed
        .target(step.target())
        .map(this::decideFor)
        .orElseGet(() -> List.of(new RunAction.CreateTarget(step.target())));
  }

  private List<RunAction> decideFor(TargetObservation target) {
    Optional<Problem> reservedUser = target.isDeployed() ? reservedUser(target) : Optional.empty();
    if (reservedUser.isPresent()) {
      return List.of(
          failTarget(plan, observed, step.target(), RemediationHint.ofTarget(reservedUser.get())));
    }
    return switch (target.state()) {
      case TargetObservation.State.Ready() -> List.of();
      case TargetObservation.State.ServiceUnavailable() ->
          progress.t0().isPresent() ? List.of() : restoreService();
      case TargetObservation.State.Starting(Instant since, Optional<Problem> problem) ->
          progress.t0().isPresent() ? List.of() : starting(since, problem);
      case TargetObservation.State.Terminating(Instant overdueAt) -> terminating(overdueAt);
      case TargetObservation.State.Refused(Problem problem, Instant since) ->
          refused(problem, since);
    };
  }

  private List<RunAction> restoreService() {
    return List.of(
        new RunAction.RestoreService(step.target()),
        new RunAction.Await(
            Timing.POLL_INTERVAL, "the Service to route to target " + step.target()));
  }

  /**
   * A program of the target that runs as the collector's user, and so could forge the collector's
   * messages.
   */
  private static Optional<Problem> reservedUser(TargetObservation target) {
    return target.collectors().stream()
        .flatMap(collector -> collector.report().sharedUser().stream())
        .findFirst()
        .map(
            program ->
                new Problem(
                    Problem.Kind.RESERVED_USER,
                    "%s runs as the user that is reserved for the collector".formatted(program)));
  }

  /** Pods that are never removed, such as those of a lost node, do not block the run for ever. */
  private List<RunAction> terminating(Instant overdueAt) {
    RunAction wait =
        new RunAction.Await(Timing.POLL_INTERVAL, "an earlier target of this name to be deleted");
    return now.isBefore(overdueAt)
        ? List.of(wait)
        : List.of(new RunAction.CreateTarget(step.target()), wait);
  }

  /** The reason for the rejection may disappear: creation is retried until the timeout. */
  private List<RunAction> refused(Problem problem, Instant since) {
    Duration timeout = Timing.timeout(problem, plan.limits().startTimeout());
    return now.isBefore(since.plus(timeout))
        ? List.of(
            new RunAction.CreateTarget(step.target()),
            new RunAction.Await(Timing.POLL_INTERVAL, "the API server to accept the target"))
        : List.of(
            // Its Service may exist without a Deployment, which no observation would show.
            new RunAction.DeleteTarget(step.target()),
            failTarget(plan, observed, step.target(), RemediationHint.ofTarget(problem)));
  }

  private List<RunAction> starting(Instant since, Optional<Problem> problem) {
    Duration bound = plan.limits().startTimeout();
    Duration timeout = problem.map(why -> Timing.timeout(why, bound)).orElse(bound);
    if (now.isBefore(since.plus(timeout))) {
      return List.of(new RunAction.Await(Timing.POLL_INTERVAL, "target " + step.target()));
    }
    TargetFailurePolicy failurePolicy =
        new TargetFailurePolicy(plan, step, progress, observed, now);
    if (failurePolicy.crashed()) {
      return failurePolicy.failCrashed();
    }
    TargetObservation target = observed.target(step.target()).orElseThrow();
    if (problem.filter(Problem::mayFollowFromTermination).isPresent()
        && target.lastTermination().isPresent()) {
      return failedWhileStarting(problem.get(), target, target.lastTermination().get());
    }
    Problem why =
        problem.orElse(
            new Problem(
                Problem.Kind.NOT_READY,
                "not ready within limits.startTimeout of %ss: nothing accepts connections on port %d%s"
                    .formatted(
                        bound.toSeconds(),
                        plan.target(step.target()).port(),
                        target
                            .lastTermination()
                            .map(end -> "; before that, " + end.text())
                            .orElse(""))));
    return List.of(failTarget(plan, observed, step.target(), RemediationHint.ofTarget(why)));
  }

  private List<RunAction> failedWhileStarting(
      Problem problem, TargetObservation target, ContainerTermination end) {
    TargetTerminations terminations = new TargetTerminations(plan, step, progress, target);
    Problem why =
        new Problem(
            problem.kind(), problem.message() + end.lastLine() + terminations.latestLogLocation());
    return Stream.concat(
            terminations.recordLatest().stream(),
            Stream.of(
                failTarget(plan, observed, step.target(), RemediationHint.ofTarget(why, end))))
        .toList();
  }

  private List<RunAction> removeOthers() {
    List<RunAction> decisions = new ArrayList<>();
    boolean wait = false;
    for (TargetObservation other : observed.targets()) {
      if (other.name().equals(step.target())) {
        continue;
      }
      switch (other.state()) {
        case TargetObservation.State.Terminating(Instant overdueAt) ->
            wait |= now.isBefore(overdueAt);
        case TargetObservation.State.Starting starting -> wait |= decisions.addAll(remove(other));
        case TargetObservation.State.Ready ready -> wait |= decisions.addAll(remove(other));
        case TargetObservation.State.ServiceUnavailable unavailable ->
            wait |= decisions.addAll(remove(other));
        case TargetObservation.State.Refused refused -> {}
      }
    }
    if (wait) {
      decisions.add(new RunAction.Await(Timing.POLL_INTERVAL, "the previous target to be deleted"));
    }
    return decisions;
  }

  private List<RunAction> remove(TargetObservation other) {
    List<RunAction> shutdown = CollectorShutdown.of(other, now);
    return shutdown.isEmpty() ? List.of(new RunAction.DeleteTarget(other.name())) : shutdown;
  }

  /** Rows without figures for all steps of a target that are not recorded. */
  static RunAction failTarget(RunPlan plan, RunObservation observed, String target, Problem why) {
    List<Row> rows =
        plan.steps().stream()
            .filter(step -> step.target().equals(target))
            .filter(step -> observed.rows().stream().noneMatch(row -> row.step() == step.index()))
            .map(step -> Row.notMeasured(step, rowReason(why.kind()), why.message()))
            .map(row -> withRestarts(row, observed.target(target)))
            .toList();
    return new RunAction.FailTarget(rows);
  }

  private static Row withRestarts(Row row, Optional<TargetObservation> target) {
    return target.map(each -> row.withRestarts(each.restarts(), each.oomKills())).orElse(row);
  }

  private static RowReason rowReason(Problem.Kind kind) {
    return switch (kind) {
      case IMAGE_PULL_FAILED -> RowReason.IMAGE_PULL_FAILED;
      case UNSCHEDULABLE -> RowReason.UNSCHEDULABLE;
      case FORBIDDEN, INVALID, RESERVED_USER, NAME_TAKEN -> RowReason.FORBIDDEN;
      case NOT_READY, NOT_ARMED, OOM_KILLED -> RowReason.TARGET_NOT_READY;
    };
  }
}

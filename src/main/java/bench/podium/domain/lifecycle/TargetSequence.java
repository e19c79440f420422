package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.Row;
import bench.podium.domain.judge.RowReason;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One target at a time: the one before is gone, then this one is created and becomes ready. */
final class TargetSequence {

  private final RunPlan plan;
  private final Step step;
  private final Progress progress;
  private final Observation seen;
  private final Instant now;

  TargetSequence(RunPlan plan, Step step, Progress progress, Observation seen, Instant now) {
    this.plan = plan;
    this.step = step;
    this.progress = progress;
    this.seen = seen;
    this.now = now;
  }

  /** Empty when the step's target is ready, or has been and the step is under way. */
  List<Decision> decide() {
    List<Decision> others = others();
    if (!others.isEmpty()) {
      return others;
    }
    return seen.target(step.target())
        .map(target -> with(target))
        .orElseGet(() -> List.of(new Decision.DeployTarget(step.target())));
  }

  private List<Decision> with(TargetObservation target) {
    Optional<Trouble> imposture = target.stands() ? imposture(target) : Optional.empty();
    if (imposture.isPresent()) {
      return List.of(endTarget(plan, seen, step.target(), Remedy.ofTarget(imposture.get())));
    }
    return switch (target.state()) {
      case TargetObservation.State.Ready() -> List.of();
      case TargetObservation.State.CutOff() -> progress.t0().isPresent() ? List.of() : reopen();
      case TargetObservation.State.Starting(Instant since, Optional<Trouble> trouble) ->
          progress.t0().isPresent() ? List.of() : starting(since, trouble);
      case TargetObservation.State.Leaving(Instant overdueAt) -> leaving(overdueAt);
      case TargetObservation.State.Refused(Trouble trouble, Instant since) ->
          refused(trouble, since);
    };
  }

  private List<Decision> reopen() {
    return List.of(
        new Decision.ReopenTarget(step.target()),
        new Decision.Await(Timing.LOOK, "the Service to lead to target " + step.target()));
  }

  /** What its observers say would be no evidence any more. */
  private static Optional<Trouble> imposture(TargetObservation target) {
    return target.observers().stream()
        .flatMap(observer -> observer.talk().sharedUser().stream())
        .findFirst()
        .map(
            program ->
                new Trouble(
                    Trouble.Kind.RESERVED_USER,
                    "%s runs as the user that is the observer's alone".formatted(program)));
  }

  /** Pods that never go (of a lost node, say) do not stand in the way for ever. */
  private List<Decision> leaving(Instant overdueAt) {
    Decision wait = new Decision.Await(Timing.LOOK, "an earlier target of this name to be gone");
    return now.isBefore(overdueAt)
        ? List.of(wait)
        : List.of(new Decision.DeployTarget(step.target()), wait);
  }

  /** What stands in the way may go: it is tried again until the bound. */
  private List<Decision> refused(Trouble trouble, Instant since) {
    Duration patience = Timing.patience(trouble, plan.limits().startTimeout());
    return now.isBefore(since.plus(patience))
        ? List.of(
            new Decision.DeployTarget(step.target()),
            new Decision.Await(Timing.LOOK, "what refuses the target to go"))
        : List.of(
            // Its Service may stand alone, and nobody would see it.
            new Decision.RemoveTarget(step.target()),
            endTarget(plan, seen, step.target(), Remedy.ofTarget(trouble)));
  }

  private List<Decision> starting(Instant since, Optional<Trouble> trouble) {
    Duration bound = plan.limits().startTimeout();
    Duration patience = trouble.map(why -> Timing.patience(why, bound)).orElse(bound);
    if (now.isBefore(since.plus(patience))) {
      return List.of(new Decision.Await(Timing.LOOK, "target " + step.target()));
    }
    TargetFault fault = new TargetFault(plan, step, progress, seen, now);
    if (fault.crashed()) {
      return fault.endCrashed();
    }
    TargetObservation target = seen.target(step.target()).orElseThrow();
    if (trouble.filter(Trouble::isOfAnEnd).isPresent() && target.lastEnd().isPresent()) {
      return endedAsItStarted(trouble.get(), target, target.lastEnd().get());
    }
    Trouble why =
        trouble.orElse(
            new Trouble(
                Trouble.Kind.NOT_READY,
                "not ready within limits.startTimeout of %ss: nothing accepts connections on port %d%s"
                    .formatted(
                        bound.toSeconds(),
                        plan.target(step.target()).port(),
                        target.lastEnd().map(end -> "; before that, " + end.text()).orElse(""))));
    return List.of(endTarget(plan, seen, step.target(), Remedy.ofTarget(why)));
  }

  private List<Decision> endedAsItStarted(
      Trouble trouble, TargetObservation target, ContainerEnd end) {
    TargetEnds ends = new TargetEnds(plan, step, progress, target);
    Trouble why =
        new Trouble(trouble.kind(), trouble.message() + end.lastLine() + ends.whereLast());
    return Stream.concat(
            ends.recordLast().stream(),
            Stream.of(endTarget(plan, seen, step.target(), Remedy.ofTarget(why, end))))
        .toList();
  }

  private List<Decision> others() {
    List<Decision> decisions = new ArrayList<>();
    boolean wait = false;
    for (TargetObservation other : seen.targets()) {
      if (other.name().equals(step.target())) {
        continue;
      }
      switch (other.state()) {
        case TargetObservation.State.Leaving(Instant overdueAt) -> wait |= now.isBefore(overdueAt);
        case TargetObservation.State.Starting starting -> wait |= decisions.addAll(remove(other));
        case TargetObservation.State.Ready ready -> wait |= decisions.addAll(remove(other));
        case TargetObservation.State.CutOff cutOff -> wait |= decisions.addAll(remove(other));
        case TargetObservation.State.Refused refused -> {}
      }
    }
    if (wait) {
      decisions.add(new Decision.Await(Timing.LOOK, "the target before to be gone"));
    }
    return decisions;
  }

  private List<Decision> remove(TargetObservation other) {
    List<Decision> farewell = Farewell.of(other, now);
    return farewell.isEmpty() ? List.of(new Decision.RemoveTarget(other.name())) : farewell;
  }

  /** Rows without figures for all of a target's steps that have none. */
  static Decision endTarget(RunPlan plan, Observation seen, String target, Trouble why) {
    List<Row> rows =
        plan.steps().stream()
            .filter(step -> step.target().equals(target))
            .filter(step -> seen.rows().stream().noneMatch(row -> row.step() == step.index()))
            .map(step -> Row.notMeasured(step, rowReason(why.kind()), why.message()))
            .map(row -> withRestarts(row, seen.target(target)))
            .toList();
    return new Decision.EndTarget(rows);
  }

  private static Row withRestarts(Row row, Optional<TargetObservation> target) {
    return target.map(stands -> row.withRestarts(stands.restarts(), stands.oomKills())).orElse(row);
  }

  private static RowReason rowReason(Trouble.Kind kind) {
    return switch (kind) {
      case IMAGE_PULL_FAILED -> RowReason.IMAGE_PULL_FAILED;
      case UNSCHEDULABLE -> RowReason.UNSCHEDULABLE;
      case FORBIDDEN, INVALID, RESERVED_USER, NAME_TAKEN -> RowReason.FORBIDDEN;
      case NOT_READY, NOT_ARMED, OOM_KILLED -> RowReason.TARGET_NOT_READY;
    };
  }
}

package bench.podium.status;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.lifecycle.FinishReason;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.RunPlan;
import java.util.Optional;

/** Maps an observation of targets and workers to their {@link ComponentStatus}. */
public final class ComponentStatusMapper {

  private ComponentStatusMapper() {}

  /** Status of the target of the current step. */
  public static ComponentStatus ofTarget(RunPlan plan, int step, RunObservation observed) {
    String name = plan.steps().get(Math.min(step, plan.steps().size() - 1)).target();
    return observed.targets().stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .map(ComponentStatusMapper::ofTarget)
        .orElseGet(
            () ->
                new ComponentStatus.Pending(
                    Reason.PENDING, "target " + name + " is being created"));
  }

  private static ComponentStatus ofTarget(TargetObservation target) {
    return switch (target.state()) {
      case TargetObservation.State.Ready() -> new ComponentStatus.Ready("target " + target.name());
      case TargetObservation.State.ServiceUnavailable() ->
          new ComponentStatus.Pending(
              Reason.PENDING, "the Service of target " + target.name() + " is being restored");
      case TargetObservation.State.Terminating terminating ->
          new ComponentStatus.Pending(
              Reason.PENDING, "an earlier target " + target.name() + " is being deleted");
      case TargetObservation.State.Refused(Problem problem, var since) ->
          new ComponentStatus.Pending(ReasonMapper.targetReason(problem.kind()), problem.message());
      case TargetObservation.State.Starting(var since, Optional<Problem> problem) ->
          problem
              .map(
                  why ->
                      new ComponentStatus.Pending(
                          ReasonMapper.targetReason(why.kind()),
                          "target %s: %s".formatted(target.name(), why.message())))
              .orElseGet(
                  () ->
                      new ComponentStatus.Pending(
                          Reason.PENDING, "target " + target.name() + " is not ready yet"));
    };
  }

  /** Status of the workers. */
  public static ComponentStatus ofWorkers(RunPlan plan, WorkersObservation load) {
    return switch (load) {
      case WorkersObservation.Absent() ->
          new ComponentStatus.Pending(Reason.PENDING, "the workers are being created");
      case WorkersObservation.Refused(Problem problem, var since) ->
          new ComponentStatus.Pending(ReasonMapper.workerReason(problem.kind()), problem.message());
      case WorkersObservation.Present present -> ofWorkers(plan.load().workers(), present);
    };
  }

  private static ComponentStatus ofWorkers(int workers, WorkersObservation.Present present) {
    if (present.lost().isEmpty() && present.complete(workers)) {
      return new ComponentStatus.Ready(workers + " workers");
    }
    return present
        .problem()
        .or(present::lost)
        .map(
            why ->
                new ComponentStatus.Pending(ReasonMapper.workerReason(why.kind()), why.message()))
        .orElseGet(() -> new ComponentStatus.Pending(Reason.PENDING, "the workers are starting"));
  }

  /** At the end of a run: the status of the first target that failed, else the last status. */
  public static ComponentStatus ofTargetsAtEnd(RunObservation observed, ComponentStatus last) {
    return observed.rows().stream()
        .filter(row -> !row.measured())
        .findFirst()
        .<ComponentStatus>map(ComponentStatusMapper::failed)
        .orElse(last);
  }

  private static ComponentStatus failed(Row row) {
    return new ComponentStatus.Failed(
        ReasonMapper.reason(row.reason()), "target %s: %s".formatted(row.target(), row.message()));
  }

  /**
   * At the end of a run: {@code Failed} if the workers ended it, with the reason that was known
   * last.
   */
  public static ComponentStatus ofWorkersAtEnd(
      FinishReason reason, String message, ComponentStatus last) {
    if (reason != FinishReason.WORKERS_FAILED) {
      return last;
    }
    boolean known =
        last instanceof ComponentStatus.Pending pending && pending.reason() != Reason.PENDING;
    return new ComponentStatus.Failed(
        known ? ((ComponentStatus.Pending) last).reason() : Reason.NOT_ARMED, message);
  }
}

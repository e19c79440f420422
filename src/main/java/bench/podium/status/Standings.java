package bench.podium.status;

import bench.podium.domain.judge.Row;
import bench.podium.domain.lifecycle.FinishReason;
import bench.podium.domain.lifecycle.LoadObservation;
import bench.podium.domain.lifecycle.Observation;
import bench.podium.domain.lifecycle.TargetObservation;
import bench.podium.domain.lifecycle.Trouble;
import bench.podium.domain.plan.RunPlan;
import java.util.Optional;

/** How targets and load pods stand, out of what is seen. */
public final class Standings {

  private Standings() {}

  /** Of the target of the current step. */
  public static Standing ofTarget(RunPlan plan, int step, Observation seen) {
    String name = plan.steps().get(Math.min(step, plan.steps().size() - 1)).target();
    return seen.targets().stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .map(Standings::ofTarget)
        .orElseGet(() -> new Standing.Pending(Reason.PENDING, "target " + name + " is created"));
  }

  private static Standing ofTarget(TargetObservation target) {
    return switch (target.state()) {
      case TargetObservation.State.Ready() -> new Standing.Ready("target " + target.name());
      case TargetObservation.State.CutOff() ->
          new Standing.Pending(
              Reason.PENDING, "the Service of target " + target.name() + " is to lead to it again");
      case TargetObservation.State.Leaving leaving ->
          new Standing.Pending(Reason.PENDING, "an earlier target " + target.name() + " goes");
      case TargetObservation.State.Refused(Trouble trouble, var since) ->
          new Standing.Pending(Words.targetReason(trouble.kind()), trouble.message());
      case TargetObservation.State.Starting(var since, Optional<Trouble> trouble) ->
          trouble
              .map(
                  why ->
                      new Standing.Pending(
                          Words.targetReason(why.kind()),
                          "target %s: %s".formatted(target.name(), why.message())))
              .orElseGet(
                  () ->
                      new Standing.Pending(
                          Reason.PENDING, "target " + target.name() + " becomes ready"));
    };
  }

  /** Of the load pods. */
  public static Standing ofLoad(RunPlan plan, LoadObservation load) {
    return switch (load) {
      case LoadObservation.Absent() -> new Standing.Pending(Reason.PENDING, "being created");
      case LoadObservation.Refused(Trouble trouble, var since) ->
          new Standing.Pending(Words.workerReason(trouble.kind()), trouble.message());
      case LoadObservation.Present present -> ofLoad(plan.load().workers(), present);
    };
  }

  private static Standing ofLoad(int workers, LoadObservation.Present present) {
    if (present.lost().isEmpty() && present.complete(workers)) {
      return new Standing.Ready(workers + " load pods");
    }
    return present
        .trouble()
        .or(present::lost)
        .map(why -> new Standing.Pending(Words.workerReason(why.kind()), why.message()))
        .orElseGet(() -> new Standing.Pending(Reason.PENDING, "load pods start"));
  }

  /** At the end of a run: the first target that failed speaks for all. */
  public static Standing ofTargetsAtEnd(Observation seen, Standing last) {
    return seen.rows().stream()
        .filter(row -> !row.measured())
        .findFirst()
        .<Standing>map(Standings::failed)
        .orElse(last);
  }

  private static Standing failed(Row row) {
    return new Standing.Failed(
        Words.reason(row.reason()), "target %s: %s".formatted(row.target(), row.message()));
  }

  /** At the end of a run. */
  public static Standing ofLoadAtEnd(FinishReason reason, String message, Standing last) {
    if (reason != FinishReason.WORKERS_FAILED) {
      return last;
    }
    boolean known = last instanceof Standing.Pending pending && pending.reason() != Reason.PENDING;
    return new Standing.Failed(
        known ? ((Standing.Pending) last).reason() : Reason.NOT_ARMED, message);
  }
}

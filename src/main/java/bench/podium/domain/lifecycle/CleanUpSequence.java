package bench.podium.domain.lifecycle;

import bench.podium.domain.lifecycle.WorkerObservation.State;
import bench.podium.domain.lifecycle.WorkerObservation.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** After the final status: the load pods end, and what {@code cleanup} does not keep goes. */
public final class CleanUpSequence {

  private final boolean keepPods;
  private final Instant finishedAt;

  /**
   * @param keepPods whether what still stands is kept for a person to look at; the load pods end
   *     all the same
   */
  public CleanUpSequence(boolean keepPods, Instant finishedAt) {
    this.keepPods = keepPods;
    this.finishedAt = finishedAt;
  }

  /**
   * @param loadStands whether a load Job is there
   * @return empty when nothing is left to do
   */
  public List<Decision> decide(
      List<WorkerObservation> workers,
      List<TargetObservation> targets,
      boolean loadStands,
      Instant now) {
    List<WorkerObservation> talking =
        workers.stream()
            .filter(worker -> worker.state() instanceof State.Running)
            .filter(worker -> !worker.talk().saidBye())
            .toList();
    List<WorkerObservation> toTell = talking.stream().filter(pod -> mustBeTold(pod, now)).toList();
    boolean maySpeak = talking.stream().anyMatch(pod -> !wasTold(pod) || toldLately(pod, now));
    if (!toTell.isEmpty() || maySpeak) {
      return List.of(
          new Decision.SayFinish(toTell),
          new Decision.Await(Timing.NUDGE, "the load pods' last lines"));
    }
    return keepPods ? List.of() : remove(workers, targets, loadStands);
  }

  private static List<Decision> remove(
      List<WorkerObservation> workers, List<TargetObservation> targets, boolean loadStands) {
    List<Decision> decisions = new ArrayList<>();
    if (loadStands) {
      decisions.add(new Decision.RemoveLoad());
    }
    for (TargetObservation target : targets) {
      switch (target.state()) {
        case TargetObservation.State.Ready ready ->
            decisions.add(new Decision.RemoveTarget(target.name()));
        case TargetObservation.State.Starting starting ->
            decisions.add(new Decision.RemoveTarget(target.name()));
        case TargetObservation.State.Leaving leaving -> {}
        case TargetObservation.State.Refused refused -> {}
      }
    }
    if (!decisions.isEmpty() || !workers.isEmpty() || !targets.isEmpty()) {
      decisions.add(new Decision.Await(Timing.LOOK, "the run's pods to be gone"));
    }
    return List.copyOf(decisions);
  }

  /** A pod that was never told is told however late it is; a nudge follows only at first. */
  private boolean mustBeTold(WorkerObservation worker, Instant now) {
    boolean nudge = now.isBefore(finishedAt.plus(Timing.BYE));
    return !wasTold(worker) || (nudge && !toldWithin(Timing.NUDGE, worker, now));
  }

  private static boolean wasTold(WorkerObservation worker) {
    return worker.told().filter(told -> told.kind() == Told.Kind.FINISH).isPresent();
  }

  private static boolean toldLately(WorkerObservation worker, Instant now) {
    return toldWithin(Timing.BYE, worker, now);
  }

  private static boolean toldWithin(Duration time, WorkerObservation worker, Instant now) {
    return worker
        .told()
        .filter(told -> told.kind() == Told.Kind.FINISH)
        .filter(told -> now.isBefore(told.at().plus(time)))
        .isPresent();
  }
}

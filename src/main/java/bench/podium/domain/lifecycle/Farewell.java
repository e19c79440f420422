package bench.podium.domain.lifecycle;

import bench.podium.domain.lifecycle.WorkerObservation.Told;
import java.time.Instant;
import java.util.List;

/** The last line of a target's observers: awaited for a moment before their pods are deleted. */
final class Farewell {

  private Farewell() {}

  /** Empty when the target may be deleted. */
  static List<Decision> of(TargetObservation target, Instant now) {
    List<ObserverObservation> talking =
        target.observers().stream().filter(observer -> !observer.talk().saidBye()).toList();
    List<ObserverObservation> untold =
        talking.stream().filter(observer -> observer.told(Told.Kind.FINISH).isEmpty()).toList();
    // A command that the kubelet missed is not sent again: nothing is lost with the last line.
    boolean awaited =
        talking.stream()
            .flatMap(observer -> observer.told(Told.Kind.FINISH).stream())
            .anyMatch(told -> told.within(Timing.BYE, now));
    Decision wait = new Decision.Await(Timing.NUDGE, "the last line of a target's observer");
    if (!untold.isEmpty()) {
      return List.of(new Decision.FinishObserver(untold), wait);
    }
    return awaited ? List.of(wait) : List.of();
  }
}

package bench.podium.domain.lifecycle;

import bench.podium.domain.lifecycle.WorkerObservation.Told;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The last line of a target's observers: awaited for a moment before their pods are deleted. */
final class Farewell {

  private Farewell() {}

  /** Empty when the target may be deleted. */
  static List<Decision> of(TargetObservation target, Instant now) {
    List<ObserverObservation> talking =
        target.observers().stream().filter(observer -> !observer.talk().saidBye()).toList();
    List<ObserverObservation> untold =
        talking.stream().filter(observer -> told(observer).isEmpty()).toList();
    boolean awaited =
        talking.stream()
            .anyMatch(observer -> told(observer).filter(at -> awaits(at, now)).isPresent());
    Decision wait = new Decision.Await(Timing.NUDGE, "the last line of a target's observer");
    if (!untold.isEmpty()) {
      return List.of(new Decision.FinishObserver(untold), wait);
    }
    return awaited ? List.of(wait) : List.of();
  }

  /** A command that the kubelet missed is not sent again: nothing is lost with the last line. */
  private static boolean awaits(Told told, Instant now) {
    return told.within(Timing.BYE, now);
  }

  private static Optional<Told> told(ObserverObservation observer) {
    return observer.told().filter(told -> told.kind() == Told.Kind.FINISH);
  }
}

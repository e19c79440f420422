package bench.podium.domain.lifecycle;

import bench.podium.domain.lifecycle.WorkerObservation.Told;
import java.util.Optional;

/** A pod with a program of Podium's own, which obeys the newest command that stands on it. */
public sealed interface CommandedPod permits WorkerObservation, ObserverObservation {

  String pod();

  /** Absent before the first. */
  Optional<Told> told();

  /** The newest command, if it is of this kind. */
  default Optional<Told> told(Told.Kind kind) {
    return told().filter(told -> told.kind() == kind);
  }

  /** The same, if it speaks of this attempt. */
  default Optional<Told> told(Told.Kind kind, StepAttempt about) {
    return told(kind).filter(told -> told.about().equals(about));
  }
}

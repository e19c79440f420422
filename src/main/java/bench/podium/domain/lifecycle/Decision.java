package bench.podium.domain.lifecycle;

import bench.podium.domain.judge.Row;
import bench.podium.domain.judge.Verdict;
import bench.podium.domain.measure.StepMeasurement;
import bench.podium.domain.measure.TargetSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One arrow of a run. Each can be carried out again without harm, and the operator may die before,
 * within or after any of them.
 */
public sealed interface Decision {

  /** The name of the arrow, in the docs and for failpoints: {@code intend-step}. */
  default String arrow() {
    return arrow(getClass());
  }

  /** The name of the arrow that this kind of decision stands for. */
  static String arrow(Class<? extends Decision> kind) {
    return kind.getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(java.util.Locale.ROOT);
  }

  /** An arrow that consists of a status write alone; the next decision needs the new progress. */
  sealed interface Write extends Decision {
    Progress next();

    /** For a person; empty where the arrow's name says it all. */
    default String why() {
      return "";
    }
  }

  /** Create the load Job of this generation, with its ConfigMap. */
  record DeployLoad(int generation) implements Decision {}

  /** Delete the load Jobs of generations before this one. */
  record RemoveOldLoads(int generation) implements Decision {}

  /** Create the Service and the Deployment of this target. */
  record DeployTarget(String target) implements Decision {}

  /** Create the Service of this target again, or have it lead to the target, ready or not. */
  record ReopenTarget(String target) implements Decision {}

  /** Delete the Service and the Deployment of this target, by uid. */
  record RemoveTarget(String target) implements Decision {}

  /** Say, before anything is done for it, when the next attempt starts. */
  record IntendStep(Progress next) implements Write {}

  /** Send the command of the current attempt to these pods, or nudge them. */
  record ArmWorkers(List<WorkerObservation> workers) implements Decision {
    public ArmWorkers {
      workers = List.copyOf(workers);
    }
  }

  /** All have armed: the load pods can run. */
  record NoteArmed(Progress next) implements Write {}

  /** Not all have armed in time; nothing of this attempt is recorded. */
  record CallOffStep(Progress next, String why) implements Write {}

  /** Tell these pods that the attempt was given up: their engines are killed. */
  record StopAttempt(List<WorkerObservation> workers) implements Decision {
    public StopAttempt {
      workers = List.copyOf(workers);
    }
  }

  /** What is known of the load of the attempt that was given up: over in some pods, or in all. */
  record NoteEnded(Progress next) implements Write {}

  /** The step ends without a result, or the run does, once the attempt under way is over. */
  record GiveUpStep(Progress next, String why) implements Write {}

  /** A load pod was lost before T0. */
  record ReplaceLoad(Progress next, String why) implements Write {}

  /** Ask these pods for the state and the result of the current attempt again. */
  record AskAgain(List<WorkerObservation> workers, int ask) implements Decision {
    public AskAgain {
      workers = List.copyOf(workers);
    }
  }

  /** Ask these observers for what they saw between two times, again. */
  record AskForSamples(List<ObserverObservation> observers, Instant from, Instant until, int ask)
      implements Decision {
    public AskForSamples {
      observers = List.copyOf(observers);
    }
  }

  /** The attempt has started and cannot be used. */
  record VoidAttempt(Progress next, String why) implements Write {}

  /**
   * Write the step's data, then its entry in the index: from then on it counts.
   *
   * @param merged what the row's figures are made of
   * @param samples of each pod of the target, within the measured part
   */
  record RecordStep(
      Row row,
      StepMeasurement merged,
      List<WorkerObservation> workers,
      List<List<TargetSample>> samples)
      implements Decision {
    public RecordStep {
      workers = List.copyOf(workers);
      samples = samples.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Write the end of the log of containers that ended, before the attempt or the target is given
   * up. What Kubernetes refuses is given up, too: it is no part of a row.
   *
   * @param attempt to which the ends belong; the next one's number where they came before it
   */
  record RecordCrash(int step, int attempt, String target, List<ContainerEnd> ends)
      implements Decision {
    public RecordCrash {
      ends = List.copyOf(ends);
    }
  }

  /** One target's own fault: a row without figures for each of its steps that is not recorded. */
  record EndTarget(List<Row> rows) implements Decision {
    public EndTarget {
      rows = List.copyOf(rows);
    }
  }

  /**
   * The run is asked to pause, or makes no progress: what stands of it goes as soon as this is
   * written.
   */
  record SuspendRun(Progress next, String why) implements Write {}

  /** Go to the first step that is not recorded. */
  record AdvanceStep(Progress next) implements Write {}

  /** Write the final status. */
  record FinishRun(FinishReason reason, Verdict verdict, String message) implements Decision {}

  /** Tell these load pods that nothing more will come. */
  record SayFinish(List<WorkerObservation> workers) implements Decision {
    public SayFinish {
      workers = List.copyOf(workers);
    }
  }

  /** Tell these observers of a target that is to go that nothing more will come. */
  record FinishObserver(List<ObserverObservation> observers) implements Decision {
    public FinishObserver {
      observers = List.copyOf(observers);
    }
  }

  /** Delete the load Jobs of all generations, by uid. */
  record RemoveLoad() implements Decision {}

  /** Nothing to do but look again, at the latest after this time. */
  record Await(Duration atMost, String what) implements Decision {}
}

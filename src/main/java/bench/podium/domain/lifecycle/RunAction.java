package bench.podium.domain.lifecycle;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.measurement.StepMeasurement;
import bench.podium.domain.measurement.TargetSample;
import bench.podium.domain.observation.CollectorObservation;
import bench.podium.domain.observation.ContainerTermination;
import bench.podium.domain.observation.WorkerObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One action of the operator on a run. Actions are idempotent: the operator may die before, within
 * or after any of them, and the next one decides again.
 */
public sealed interface RunAction {

  /** The public name of this kind of action. */
  default ActionName name() {
    return switch (this) {
      case CreateWorkers _ -> ActionName.CREATE_WORKERS;
      case DeleteStaleWorkerJobs _ -> ActionName.DELETE_STALE_WORKER_JOBS;
      case CreateTarget _ -> ActionName.CREATE_TARGET;
      case RestoreService _ -> ActionName.RESTORE_SERVICE;
      case DeleteTarget _ -> ActionName.DELETE_TARGET;
      case ScheduleAttempt _ -> ActionName.SCHEDULE_ATTEMPT;
      case ArmWorkers _ -> ActionName.ARM_WORKERS;
      case MarkWorkersArmed _ -> ActionName.MARK_WORKERS_ARMED;
      case AbortAttempt _ -> ActionName.ABORT_ATTEMPT;
      case TerminateAttempt _ -> ActionName.TERMINATE_ATTEMPT;
      case MarkTerminated _ -> ActionName.MARK_TERMINATED;
      case FailStep _ -> ActionName.FAIL_STEP;
      case ReplaceWorkers _ -> ActionName.REPLACE_WORKERS;
      case RequestResults _ -> ActionName.REQUEST_RESULTS;
      case RequestSamples _ -> ActionName.REQUEST_SAMPLES;
      case DiscardAttempt _ -> ActionName.DISCARD_ATTEMPT;
      case RecordStep _ -> ActionName.RECORD_STEP;
      case RecordCrash _ -> ActionName.RECORD_CRASH;
      case FailTarget _ -> ActionName.FAIL_TARGET;
      case SuspendRun _ -> ActionName.SUSPEND_RUN;
      case AdvanceStep _ -> ActionName.ADVANCE_STEP;
      case FinishRun _ -> ActionName.FINISH_RUN;
      case StopWorkers _ -> ActionName.STOP_WORKERS;
      case StopCollector _ -> ActionName.STOP_COLLECTOR;
      case DeleteWorkers _ -> ActionName.DELETE_WORKERS;
      case Await _ -> ActionName.AWAIT;
    };
  }

  /** The same as text: in metric labels, failpoints and messages. */
  default String action() {
    return name().text();
  }

  /** An action that consists of a status write alone; the next decision needs the new progress. */
  sealed interface Write extends RunAction {
    Progress next();

    /** For a person; empty where the action's name says it all. */
    default String why() {
      return "";
    }
  }

  /** Create the worker Job of this generation, with its ConfigMap. */
  record CreateWorkers(int generation) implements RunAction {}

  /** Delete the worker Jobs of generations before this one. */
  record DeleteStaleWorkerJobs(int generation) implements RunAction {}

  /** Create the Service and the Deployment of this target. */
  record CreateTarget(String target) implements RunAction {}

  /** Create the Service of this target again, or have it lead to the target, ready or not. */
  record RestoreService(String target) implements RunAction {}

  /** Delete the Service and the Deployment of this target, by uid. */
  record DeleteTarget(String target) implements RunAction {}

  /** Say, before anything is done for it, when the next attempt starts. */
  record ScheduleAttempt(Progress next) implements Write {}

  /** Send the command of the current attempt to these pods, or resend them. */
  record ArmWorkers(List<WorkerObservation> workers) implements RunAction {
    public ArmWorkers {
      workers = List.copyOf(workers);
    }
  }

  /** All have armed: the workers can run. */
  record MarkWorkersArmed(Progress next) implements Write {}

  /** Not all have armed in time; nothing of this attempt is recorded. */
  record AbortAttempt(Progress next, String why) implements Write {}

  /** Tell these pods that the attempt was given up: their engines are killed. */
  record TerminateAttempt(List<WorkerObservation> workers) implements RunAction {
    public TerminateAttempt {
      workers = List.copyOf(workers);
    }
  }

  /** What is known of the load of the attempt that was given up: over in some pods, or in all. */
  record MarkTerminated(Progress next) implements Write {}

  /** The step ends without a result, or the run does, once the attempt under way is over. */
  record FailStep(Progress next, String why) implements Write {}

  /** A worker was lost before T0. */
  record ReplaceWorkers(Progress next, String why) implements Write {}

  /** Ask these pods for the state and the result of the current attempt again. */
  record RequestResults(List<WorkerObservation> workers, int ask) implements RunAction {
    public RequestResults {
      workers = List.copyOf(workers);
    }
  }

  /** Ask these collectors for what they saw between two times, again. */
  record RequestSamples(List<CollectorObservation> collectors, Instant from, Instant until, int ask)
      implements RunAction {
    public RequestSamples {
      collectors = List.copyOf(collectors);
    }
  }

  /** The attempt has started and cannot be used. */
  record DiscardAttempt(Progress next, String why) implements Write {}

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
      implements RunAction {
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
  record RecordCrash(int step, int attempt, String target, List<ContainerTermination> ends)
      implements RunAction {
    public RecordCrash {
      ends = List.copyOf(ends);
    }
  }

  /** One target's own fault: a row without figures for each of its steps that is not recorded. */
  record FailTarget(List<Row> rows) implements RunAction {
    public FailTarget {
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
  record FinishRun(FinishReason reason, Verdict verdict, String message) implements RunAction {}

  /** Tell these workers that nothing more will come. */
  record StopWorkers(List<WorkerObservation> workers) implements RunAction {
    public StopWorkers {
      workers = List.copyOf(workers);
    }
  }

  /** Tell these collectors of a target that is to go that nothing more will come. */
  record StopCollector(List<CollectorObservation> collectors) implements RunAction {
    public StopCollector {
      collectors = List.copyOf(collectors);
    }
  }

  /** Delete the worker Jobs of all generations, by uid. */
  record DeleteWorkers() implements RunAction {}

  /** Nothing to do but look again, at the latest after this time. */
  record Await(Duration atMost, String what) implements RunAction {}
}

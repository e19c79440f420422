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
 * One action of the operator on a run. Actions are idempotent: the operator may be killed before,
 * during or after any of them, and its successor decides anew.
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

  /** The name as text, for metric labels, failpoints and messages. */
  default String action() {
    return name().text();
  }

  /** An action that only writes the status; the next decision is based on the new progress. */
  sealed interface Write extends RunAction {
    Progress next();

    /** The cause, for logs and Events; empty if the name of the action is sufficient. */
    default String why() {
      return "";
    }
  }

  /** Create the worker Job of this generation and its ConfigMap. */
  record CreateWorkers(int generation) implements RunAction {}

  /** Delete the worker Jobs of generations before this one. */
  record DeleteStaleWorkerJobs(int generation) implements RunAction {}

  /** Create the Service and the Deployment of this target. */
  record CreateTarget(String target) implements RunAction {}

  /** Recreate the Service of this target, or make it route to the target, ready or not. */
  record RestoreService(String target) implements RunAction {}

  /** Delete the Service and the Deployment of this target, by uid. */
  record DeleteTarget(String target) implements RunAction {}

  /** Write the start of the next attempt before anything else is done for it. */
  record ScheduleAttempt(Progress next) implements Write {}

  /** Send the command of the current attempt to these workers, or resend it. */
  record ArmWorkers(List<WorkerObservation> workers) implements RunAction {
    public ArmWorkers {
      workers = List.copyOf(workers);
    }
  }

  /** Record that all workers have armed. */
  record MarkWorkersArmed(Progress next) implements Write {}

  /** Abort an attempt for which not all workers armed in time; it is not recorded. */
  record AbortAttempt(Progress next, String why) implements Write {}

  /** Send these workers the command to terminate the attempt: their engines are killed. */
  record TerminateAttempt(List<WorkerObservation> workers) implements RunAction {
    public TerminateAttempt {
      workers = List.copyOf(workers);
    }
  }

  /** Record for which workers the load of the terminated attempt has ended. */
  record MarkTerminated(Progress next) implements Write {}

  /** End the step, or the run, without a result once the attempt in progress has ended. */
  record FailStep(Progress next, String why) implements Write {}

  /** Replace all workers, since one was lost before T0. */
  record ReplaceWorkers(Progress next, String why) implements Write {}

  /** Request the state and the result of the current attempt from these workers again. */
  record RequestResults(List<WorkerObservation> workers, int ask) implements RunAction {
    public RequestResults {
      workers = List.copyOf(workers);
    }
  }

  /** Request the samples between two times from these collectors again. */
  record RequestSamples(List<CollectorObservation> collectors, Instant from, Instant until, int ask)
      implements RunAction {
    public RequestSamples {
      collectors = List.copyOf(collectors);
    }
  }

  /** Discard an attempt that has started and cannot be used. */
  record DiscardAttempt(Progress next, String why) implements Write {}

  /**
   * Write the step's data, then its entry in the index. The step is recorded once the entry is
   * written.
   *
   * @param merged the measurement from which the figures of the row are derived
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
   * Write the last log lines of terminated containers before the attempt is discarded or the target
   * fails. It is not retried if Kubernetes rejects it: a row does not depend on it.
   *
   * @param attempt to which the terminations belong; the next attempt if there is none in progress
   */
  record RecordCrash(int step, int attempt, String target, List<ContainerTermination> ends)
      implements RunAction {
    public RecordCrash {
      ends = List.copyOf(ends);
    }
  }

  /**
   * Record that a target failed because of a problem that affects it alone: a row without figures
   * for each of its steps that is not recorded.
   */
  record FailTarget(List<Row> rows) implements RunAction {
    public FailTarget {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Suspend a run, on request or since it makes no progress. Its pods are deleted once this is
   * written.
   */
  record SuspendRun(Progress next, String why) implements Write {}

  /** Proceed to the first step that is not recorded. */
  record AdvanceStep(Progress next) implements Write {}

  /** Write the final status. */
  record FinishRun(FinishReason reason, Verdict verdict, String message) implements RunAction {}

  /** Send these workers the command to exit. */
  record StopWorkers(List<WorkerObservation> workers) implements RunAction {
    public StopWorkers {
      workers = List.copyOf(workers);
    }
  }

  /** Send these collectors, whose target is about to be deleted, the command to exit. */
  record StopCollector(List<CollectorObservation> collectors) implements RunAction {
    public StopCollector {
      collectors = List.copyOf(collectors);
    }
  }

  /** Delete the worker Jobs of all generations, by uid. */
  record DeleteWorkers() implements RunAction {}

  /** Do nothing; decide again after this time at the latest. */
  record Await(Duration atMost, String what) implements RunAction {}
}

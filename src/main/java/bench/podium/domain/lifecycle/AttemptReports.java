package bench.podium.domain.lifecycle;

import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.plan.AttemptId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The workers' reports on one attempt. */
final class AttemptReports {

  private final List<WorkerObservation> workers;
  private final AttemptId attempt;
  private final Instant now;

  AttemptReports(List<WorkerObservation> workers, AttemptId attempt, Instant now) {
    this.workers = workers;
    this.attempt = attempt;
    this.now = now;
  }

  boolean all(Predicate<ReportedState> test) {
    return workers.stream().allMatch(worker -> test.test(worker.report().stateIn(attempt)));
  }

  boolean any(Predicate<ReportedState> test) {
    return workers.stream().anyMatch(worker -> test.test(worker.report().stateIn(attempt)));
  }

  /** The workers in such a state to which the command was not sent recently. */
  List<WorkerObservation> toCommand(
      Predicate<ReportedState> inState, LastCommand.Kind kind, int ask) {
    return workers.stream()
        .filter(worker -> inState.test(worker.report().stateIn(attempt)))
        .filter(worker -> !sentRecently(worker, kind, ask))
        .toList();
  }

  private boolean sentRecently(WorkerObservation worker, LastCommand.Kind kind, int ask) {
    return worker
        .lastCommand(kind, attempt)
        .filter(lastCommand -> lastCommand.ask() == ask)
        .filter(lastCommand -> lastCommand.within(Timing.RESEND_INTERVAL, now))
        .isPresent();
  }

  /**
   * Whether a worker still waits for the target although its state was requested after T0: it will
   * not start.
   */
  boolean anyStillWaits() {
    return workers.stream()
        .filter(worker -> worker.report().stateIn(attempt) instanceof ReportedState.Waiting)
        .flatMap(worker -> worker.lastCommand(LastCommand.Kind.REPEAT, attempt).stream())
        .anyMatch(lastCommand -> !now.isBefore(lastCommand.at().plus(Timing.RESEND_INTERVAL)));
  }

  /** Why a worker cannot give a result; absent if none has failed. */
  Optional<String> failure() {
    return workers.stream()
        .filter(worker -> worker.report().stateIn(attempt) instanceof ReportedState.Failed)
        .map(
            worker ->
                worker.pod()
                    + ": "
                    + ((ReportedState.Failed) worker.report().stateIn(attempt)).reason())
        .findFirst();
  }

  /**
   * Whether a worker named the target as cause in this attempt or an earlier one of the step: on
   * the newest it may not have reported yet.
   */
  boolean targetWasCause() {
    return workers.stream()
        .map(WorkerObservation::report)
        .filter(
            report -> report.attempt().filter(other -> other.step() == attempt.step()).isPresent())
        .anyMatch(report -> targetIsCauseOf(report.reportedState()));
  }

  /** Message with the state of each worker that is not armed. */
  String unarmedWorkers() {
    return String.join(
        "; ",
        workers.stream()
            .filter(worker -> !(worker.report().stateIn(attempt) instanceof ReportedState.Armed))
            .map(worker -> worker.pod() + " " + WorkerStateText.of(worker.report().reportedState()))
            .toList());
  }

  static boolean notArmed(ReportedState reportedState) {
    return reportedState instanceof ReportedState.Nothing
        || reportedState instanceof ReportedState.Waiting
        || reportedState instanceof ReportedState.Unknown;
  }

  /**
   * Includes the states after the run: a worker whose clock is ahead may finish before T0 by the
   * operator's clock.
   */
  static boolean hasArmed(ReportedState reportedState) {
    return reportedState instanceof ReportedState.Armed
        || reportedState instanceof ReportedState.Ran
        || reportedState instanceof ReportedState.Measured;
  }

  /** Whether its engine was started, or may have been. */
  static boolean mayHaveSent(ReportedState reportedState) {
    return switch (reportedState) {
      case ReportedState.Nothing _, ReportedState.Unknown _, ReportedState.Waiting _ -> false;
      case ReportedState.Armed _,
          ReportedState.Late _,
          ReportedState.Failed _,
          ReportedState.Ran _,
          ReportedState.Measured _ ->
          true;
    };
  }

  static boolean cannotStart(ReportedState reportedState) {
    return reportedState instanceof ReportedState.Late
        || reportedState instanceof ReportedState.Unknown;
  }

  static boolean cannotArm(ReportedState reportedState) {
    return cannotStart(reportedState) || reportedState instanceof ReportedState.Failed;
  }

  static boolean targetIsCauseOf(ReportedState reportedState) {
    return (reportedState instanceof ReportedState.Waiting waiting && waiting.targetIsCause())
        || (reportedState instanceof ReportedState.Failed failed && failed.targetIsCause());
  }
}

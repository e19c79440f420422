package bench.podium.domain.lifecycle;

import bench.podium.domain.observation.WorkerReport.ReportedState;

/** Describes the state that a worker last reported, as a predicate for a message. */
final class WorkerStateText {

  private WorkerStateText() {}

  static String of(ReportedState reportedState) {
    return switch (reportedState) {
      case ReportedState.Nothing() -> "has reported nothing";
      case ReportedState.Unknown() -> "never received the command";
      case ReportedState.Waiting(boolean targetIsCause, String reason) -> "waits: " + reason;
      case ReportedState.Armed() -> "is armed";
      case ReportedState.Late() -> "received the command after T0";
      case ReportedState.Failed(boolean targetIsCause, String reason) -> "failed: " + reason;
      case ReportedState.Ran() -> "ran";
      case ReportedState.Measured measured -> "has its result";
    };
  }
}

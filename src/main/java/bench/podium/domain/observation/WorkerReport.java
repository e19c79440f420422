package bench.podium.domain.observation;

import bench.podium.domain.measurement.WorkerMeasurement;
import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a worker has said of the newest attempt that it spoke of.
 *
 * @param about absent while it has spoken of none
 * @param clockAhead the largest (pod's clock - operator's clock) over its lines, less what they
 *     took to arrive; negative where the pod's clock is behind
 * @param stopped it will say nothing more
 * @param lastHeard when its last line came
 * @param lastSaid the same, but for lines that only say that it lives
 * @param clock the pod's own, at its newest line
 * @param ended the newest attempt whose load is over in it; absent while there is none
 */
public record WorkerReport(
    Optional<AttemptId> about,
    ReportedState reportedState,
    Duration clockAhead,
    boolean stopped,
    Optional<Instant> lastHeard,
    Optional<Instant> lastSaid,
    Optional<Instant> clock,
    Optional<Ended> ended) {

  /**
   * No process of this attempt runs in the pod, and none will.
   *
   * @param sent requests, warm-up included
   */
  public record Ended(AttemptId attempt, long sent) {}

  /** Of a pod that has not been heard yet. */
  public static WorkerReport silent() {
    return new WorkerReport(
        Optional.empty(),
        new ReportedState.Nothing(),
        Duration.ZERO,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What it sent in this attempt, if that is over in it. */
  public Optional<Long> sentIn(AttemptId attempt) {
    return ended.filter(end -> end.attempt().equals(attempt)).map(Ended::sent);
  }

  /** What it said of this attempt: {@link ReportedState.Nothing} if it last spoke of another. */
  public ReportedState of(AttemptId attempt) {
    return about.filter(attempt::equals).isPresent() ? reportedState : new ReportedState.Nothing();
  }

  /** A pod's word on one attempt. */
  public sealed interface ReportedState {
    /** Not a word. */
    record Nothing() implements ReportedState {}

    /** It knows nothing of this attempt: the command never reached it. */
    record Unknown() implements ReportedState {}

    /** Not armed yet. */
    record Waiting(boolean targetIsCause, String reason) implements ReportedState {}

    /** Parked until T0. */
    record Armed() implements ReportedState {}

    /** Learned of T0 after T0. */
    record Late() implements ReportedState {}

    /** Cannot give a result. */
    record Failed(boolean targetIsCause, String reason) implements ReportedState {}

    /** Ran to its end or was cut short; the result is not here, or not all of it. */
    record Ran() implements ReportedState {}

    /** The whole result. */
    record Measured(WorkerMeasurement measurement) implements ReportedState {}
  }
}

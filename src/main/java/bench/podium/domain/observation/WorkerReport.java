package bench.podium.domain.observation;

import bench.podium.domain.measurement.WorkerMeasurement;
import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a worker has reported of the newest attempt that it knows.
 *
 * @param attempt that attempt; absent while it has reported on none
 * @param clockAhead the largest (time stamp of a message - operator's clock at its arrival): the
 *     offset of the pod's clock less the delivery time; negative where the pod's clock is behind
 * @param stopped whether it has ended: no message follows
 * @param lastMessageAt when its last message arrived
 * @param lastReportAt when its last message arrived, heartbeats excepted
 * @param clock the pod's own clock at its newest message
 * @param ended the newest attempt whose load it has ended; absent while there is none
 */
public record WorkerReport(
    Optional<AttemptId> attempt,
    ReportedState reportedState,
    Duration clockAhead,
    boolean stopped,
    Optional<Instant> lastMessageAt,
    Optional<Instant> lastReportAt,
    Optional<Instant> clock,
    Optional<Ended> ended) {

  /**
   * The load of an attempt has ended: no process of it runs in the pod, and none will.
   *
   * @param sent requests, warm-up included
   */
  public record Ended(AttemptId attempt, long sent) {}

  /** The report of a worker of which no message has been read yet. */
  public static WorkerReport none() {
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

  /** Number of requests that it sent in this attempt; absent unless its load has ended. */
  public Optional<Long> sentIn(AttemptId attempt) {
    return ended.filter(end -> end.attempt().equals(attempt)).map(Ended::sent);
  }

  /** Its state in this attempt: {@link ReportedState.Nothing} if it last reported on another. */
  public ReportedState stateIn(AttemptId attempt) {
    return this.attempt.filter(attempt::equals).isPresent()
        ? reportedState
        : new ReportedState.Nothing();
  }

  /** The state of one attempt that a worker has reported. */
  public sealed interface ReportedState {
    /** It has reported nothing. */
    record Nothing() implements ReportedState {}

    /** It does not know this attempt: the command never reached it. */
    record Unknown() implements ReportedState {}

    /** It is not armed yet. */
    record Waiting(boolean targetIsCause, String reason) implements ReportedState {}

    /** It is ready and waits for T0. */
    record Armed() implements ReportedState {}

    /** It received the command after T0. */
    record Late() implements ReportedState {}

    /** It cannot give a result. */
    record Failed(boolean targetIsCause, String reason) implements ReportedState {}

    /** Its load ended or was terminated; its result has not been read completely. */
    record Ran() implements ReportedState {}

    /** Its result has been read completely. */
    record Measured(WorkerMeasurement measurement) implements ReportedState {}
  }
}

package bench.podium.domain.observation;

import bench.podium.domain.observation.WorkerReport.Ended;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Builds reports of a worker for tests. */
public final class WorkerReportBuilder {

  private final Instant lastMessageAt;
  private Instant lastReportAt;
  private Optional<AttemptId> attempt = Optional.empty();
  private ReportedState reportedState = new ReportedState.Nothing();
  private Duration clockAhead = Duration.ZERO;
  private boolean stopped;
  private Optional<Instant> clock = Optional.empty();
  private Optional<Ended> ended = Optional.empty();

  private WorkerReportBuilder(Instant lastMessageAt) {
    this.lastMessageAt = lastMessageAt;
    this.lastReportAt = lastMessageAt;
  }

  /** The report of a worker that has reported no attempt, whose last message arrived then. */
  public static WorkerReportBuilder receivedAt(Instant lastMessage) {
    return new WorkerReportBuilder(lastMessage);
  }

  public WorkerReportBuilder state(AttemptId id, ReportedState value) {
    attempt = Optional.of(id);
    reportedState = value;
    return this;
  }

  public WorkerReportBuilder clockAhead(Duration value) {
    clockAhead = value;
    return this;
  }

  public WorkerReportBuilder stopped() {
    stopped = true;
    return this;
  }

  public WorkerReportBuilder lastReportAt(Instant value) {
    lastReportAt = value;
    return this;
  }

  public WorkerReportBuilder clock(Optional<Instant> value) {
    clock = value;
    return this;
  }

  public WorkerReportBuilder ended(Optional<Ended> value) {
    ended = value;
    return this;
  }

  public WorkerReport build() {
    return new WorkerReport(
        attempt,
        reportedState,
        clockAhead,
        stopped,
        Optional.of(lastMessageAt),
        Optional.of(lastReportAt),
        clock,
        ended);
  }
}

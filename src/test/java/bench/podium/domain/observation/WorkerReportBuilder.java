package bench.podium.domain.observation;

import bench.podium.domain.observation.WorkerReport.Ended;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Builds reports of a worker for tests. */
public final class WorkerReportBuilder {

  private final Instant lastHeard;
  private Instant lastSaid;
  private Optional<AttemptId> about = Optional.empty();
  private ReportedState reportedState = new ReportedState.Nothing();
  private Duration clockAhead = Duration.ZERO;
  private boolean stopped;
  private Optional<Instant> clock = Optional.empty();
  private Optional<Ended> ended = Optional.empty();

  private WorkerReportBuilder(Instant lastHeard) {
    this.lastHeard = lastHeard;
    this.lastSaid = lastHeard;
  }

  /** The report of a worker that has reported no attempt, whose last message arrived then. */
  public static WorkerReportBuilder receivedAt(Instant lastMessage) {
    return new WorkerReportBuilder(lastMessage);
  }

  public WorkerReportBuilder state(AttemptId attempt, ReportedState value) {
    about = Optional.of(attempt);
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

  public WorkerReportBuilder lastSaid(Instant value) {
    lastSaid = value;
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
        about,
        reportedState,
        clockAhead,
        stopped,
        Optional.of(lastHeard),
        Optional.of(lastSaid),
        clock,
        ended);
  }
}

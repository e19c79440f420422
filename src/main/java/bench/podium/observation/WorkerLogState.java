package bench.podium.observation;

import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.plan.AttemptId;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.AgentMessage.Cause;
import bench.podium.protocol.AttemptResult;
import bench.podium.protocol.DecodedMessage;
import bench.podium.protocol.Envelope;
import bench.podium.protocol.EpochMicros;
import bench.podium.protocol.ProtocolCodec;
import bench.podium.protocol.ResultAssembler;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;

/**
 * What one worker has reported so far. Lines may be read repeatedly, because the log is read from
 * the beginning after each reconnect; each counts once. Thread-safe.
 */
public final class WorkerLogState implements LogState {

  /**
   * Bound for sequence numbers. A pod that prints a line every 2 s and its results reaches fewer in
   * 300 days.
   */
  private static final int MAX_LINES = 1 << 24;

  private final ProtocolCodec codec;
  private final String run;
  private final String pod;
  private final BitSet readSequences = new BitSet();
  private WorkerReport report = WorkerReport.none();
  private Optional<ResultAssembler> assembler = Optional.empty();
  private long ignored;
  private boolean clockKnown;

  WorkerLogState(ProtocolCodec codec, String run, String pod) {
    this.codec = codec;
    this.run = run;
    this.pod = pod;
  }

  @Override
  public synchronized boolean read(String text, Instant arrival) {
    return switch (codec.decodeLine(text)) {
      case DecodedMessage.Unreadable unreadable -> {
        ignored++;
        yield false;
      }
      case DecodedMessage.Read(Envelope line) -> read(line, arrival);
    };
  }

  private boolean read(Envelope line, Instant arrival) {
    boolean own = line.run().equals(run) && line.pod().equals(pod);
    boolean inRange = line.sequence() >= 0 && line.sequence() < MAX_LINES;
    if (!own || !inRange) {
      ignored++;
      return false;
    }
    if (readSequences.get((int) line.sequence())) {
      return false;
    }
    readSequences.set((int) line.sequence());
    recordArrival(line, arrival);
    return apply(line.message());
  }

  private void recordArrival(Envelope line, Instant arrival) {
    Instant sentAt = EpochMicros.instant(line.atEpochMicros());
    Duration ahead = Duration.between(arrival, sentAt);
    // A delayed line makes the pod's clock look slow, never fast: the largest value is the best
    // estimate.
    Duration max =
        clockKnown && report.clockAhead().compareTo(ahead) > 0 ? report.clockAhead() : ahead;
    clockKnown = true;
    Optional<Instant> arrived = Optional.of(arrival);
    report =
        new WorkerReport(
            report.attempt(),
            report.reportedState(),
            max,
            report.stopped(),
            arrived,
            line.message() instanceof AgentMessage.Alive ? report.lastReportAt() : arrived,
            report.clock().filter(sentAt::isBefore).or(() -> Optional.of(sentAt)),
            report.ended());
  }

  private boolean apply(AgentMessage message) {
    return switch (message) {
      case AgentMessage.Alive alive -> false;
      case AgentMessage.Started started -> true;
      case AgentMessage.Refused refused -> true;
      case AgentMessage.Waiting(int step, int attempt, Cause cause, String reason) ->
          setState(step, attempt, new ReportedState.Waiting(cause == Cause.TARGET, reason));
      case AgentMessage.Armed(int step, int attempt) ->
          setState(step, attempt, new ReportedState.Armed());
      case AgentMessage.Late(int step, int attempt) ->
          setState(step, attempt, new ReportedState.Late());
      case AgentMessage.Unknown(int step, int attempt) ->
          setState(step, attempt, new ReportedState.Unknown());
      case AgentMessage.Failed(int step, int attempt, Cause cause, String reason) ->
          setState(step, attempt, new ReportedState.Failed(cause == Cause.TARGET, reason));
      case AgentMessage.Sample sample -> false;
      case AgentMessage.Repeated repeated -> false;
      case AgentMessage.SharedUser shared -> false;
      case AgentMessage.Ran ran -> {
        boolean firstReport = ended(new AttemptId(ran.step(), ran.attempt()), ran.sent());
        yield setState(ran.step(), ran.attempt(), new ReportedState.Ran()) || firstReport;
      }
      case AgentMessage.AttemptEnded(int step, int attempt, long sent) ->
          ended(new AttemptId(step, attempt), sent);
      case AgentMessage.ResultPart part -> collect(part);
      case AgentMessage.Stopped _ -> {
        report =
            new WorkerReport(
                report.attempt(),
                report.reportedState(),
                report.clockAhead(),
                true,
                report.lastMessageAt(),
                report.lastReportAt(),
                report.clock(),
                report.ended());
        yield true;
      }
    };
  }

  /**
   * Sets the state of an attempt. Only the newest attempt counts, and a complete result is final.
   */
  private boolean setState(int step, int attempt, ReportedState reportedState) {
    AttemptId about = new AttemptId(step, attempt);
    int order = report.attempt().map(about::compareTo).orElse(1);
    if (order < 0 || (order == 0 && report.reportedState() instanceof ReportedState.Measured)) {
      return false;
    }
    if (order > 0) {
      assembler = Optional.of(new ResultAssembler(codec, step, attempt));
    }
    report =
        new WorkerReport(
            Optional.of(about),
            reportedState,
            report.clockAhead(),
            report.stopped(),
            report.lastMessageAt(),
            report.lastReportAt(),
            report.clock(),
            report.ended());
    return true;
  }

  /**
   * Records the end of an attempt. The first report counts; the same is reported again on each
   * request.
   */
  private boolean ended(AttemptId attempt, long sent) {
    if (report.ended().filter(end -> end.attempt().compareTo(attempt) >= 0).isPresent()) {
      return false;
    }
    report =
        new WorkerReport(
            report.attempt(),
            report.reportedState(),
            report.clockAhead(),
            report.stopped(),
            report.lastMessageAt(),
            report.lastReportAt(),
            report.clock(),
            Optional.of(new WorkerReport.Ended(attempt, sent)));
    return true;
  }

  private boolean collect(AgentMessage.ResultPart part) {
    AttemptId about = new AttemptId(part.step(), part.attempt());
    if (report.attempt().filter(about::equals).isEmpty()
        && !setState(part.step(), part.attempt(), new ReportedState.Ran())) {
      return false;
    }
    ResultAssembler current = assembler.orElseThrow();
    current.add(part);
    return current
        .result()
        .map(
            result ->
                setState(
                    part.step(), part.attempt(), new ReportedState.Measured(result.measurement())))
        .orElse(false);
  }

  synchronized WorkerReport report() {
    return report;
  }

  /** Drops all but the number of requests sent in the last attempt. */
  @Override
  public synchronized void close() {
    WorkerReport silent = WorkerReport.none();
    report =
        new WorkerReport(
            silent.attempt(),
            silent.reportedState(),
            silent.clockAhead(),
            silent.stopped(),
            silent.lastMessageAt(),
            silent.lastReportAt(),
            silent.clock(),
            report.ended());
    assembler = Optional.empty();
  }

  @Override
  public synchronized boolean stopped() {
    return report.stopped();
  }

  /**
   * The complete result of this attempt; empty unless it is the pod's newest attempt and all parts
   * have been read.
   */
  public synchronized Optional<AttemptResult> result(AttemptId attempt) {
    return report
        .attempt()
        .filter(attempt::equals)
        .flatMap(about -> assembler.flatMap(ResultAssembler::result));
  }

  /** Number of lines that were unreadable or of another run or pod. */
  synchronized long ignored() {
    return ignored;
  }
}

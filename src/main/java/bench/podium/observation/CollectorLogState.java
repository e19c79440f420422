package bench.podium.observation;

import bench.podium.domain.measurement.TargetSample;
import bench.podium.domain.measurement.TargetSamples;
import bench.podium.domain.observation.CollectorReport;
import bench.podium.domain.plan.AttemptId;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.DecodedMessage;
import bench.podium.protocol.Envelope;
import bench.podium.protocol.EpochMicros;
import bench.podium.protocol.ProtocolCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one collector has reported so far. Each sample counts once, by the time at which it was
 * taken, because a restarted collector numbers its lines and samples from 0 again. Thread-safe.
 */
public final class CollectorLogState implements LogState {

  /** More than a day of samples; the oldest are dropped. */
  private static final int MAX_SAMPLES = 100_000;

  private final ProtocolCodec codec;
  private final String run;
  private final String pod;
  private final TreeMap<Instant, TargetSample> samples = new TreeMap<>();
  private Optional<AttemptId> repeated = Optional.empty();
  private Optional<String> sharedUser = Optional.empty();
  private boolean stopped;

  CollectorLogState(ProtocolCodec codec, String run, String pod) {
    this.codec = codec;
    this.run = run;
    this.pod = pod;
  }

  /** Keeps the state, which is small. */
  @Override
  public void close() {}

  @Override
  public synchronized boolean read(String text, Instant arrival) {
    return switch (codec.decodeLine(text)) {
      case DecodedMessage.Unreadable unreadable -> false;
      case DecodedMessage.Read(Envelope line) ->
          line.run().equals(run) && line.pod().equals(pod) && apply(line.message());
    };
  }

  /**
   * Applies a message. Samples arrive continuously and do not trigger a reconciliation; decisions
   * that wait for one poll.
   */
  private boolean apply(AgentMessage message) {
    switch (message) {
      case AgentMessage.Sample sample -> addSample(sample);
      case AgentMessage.Repeated(int step, int attempt, int ask) -> {
        repeated = Optional.of(new AttemptId(step, attempt));
        return true;
      }
      case AgentMessage.SharedUser(String program) -> {
        sharedUser = Optional.of(program);
        return true;
      }
      case AgentMessage.Stopped _ -> {
        stopped = true;
        return true;
      }
      default -> {
        return false;
      }
    }
    return false;
  }

  private void addSample(AgentMessage.Sample sample) {
    Instant at = EpochMicros.instant(sample.takenEpochMicros());
    samples.put(
        at,
        new TargetSample(
            sample.index(),
            at,
            Duration.of(sample.cpuMicros(), ChronoUnit.MICROS),
            sample.memoryBytes(),
            sample.threads(),
            sample.mainStarts()));
    if (samples.size() > MAX_SAMPLES) {
      samples.pollFirstEntry();
    }
  }

  synchronized CollectorReport report() {
    return new CollectorReport(
        new TargetSamples(List.copyOf(samples.values())), repeated, sharedUser, stopped);
  }

  @Override
  public synchronized boolean stopped() {
    return stopped;
  }
}

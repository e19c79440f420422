package bench.podium.observe;

import bench.podium.domain.lifecycle.ObserverTalk;
import bench.podium.domain.lifecycle.StepAttempt;
import bench.podium.domain.measure.TargetSample;
import bench.podium.domain.measure.TargetSamples;
import bench.podium.wire.DecodedLine;
import bench.podium.wire.EpochMicros;
import bench.podium.wire.Fact;
import bench.podium.wire.Line;
import bench.podium.wire.WireCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one target's observer has said so far. A sample counts once, by the time at which it was
 * taken: an observer that was started again numbers its lines and looks afresh. Safe for use by a
 * reader and a reconciler at once.
 */
public final class ObserverJournal implements Journal {

  /** More than a day of looks; the oldest go. */
  private static final int MAX_SAMPLES = 100_000;

  private final WireCodec codec;
  private final String run;
  private final String pod;
  private final TreeMap<Instant, TargetSample> samples = new TreeMap<>();
  private Optional<StepAttempt> repeated = Optional.empty();
  private Optional<String> sharedUser = Optional.empty();
  private boolean bye;

  ObserverJournal(WireCodec codec, String run, String pod) {
    this.codec = codec;
    this.run = run;
    this.pod = pod;
  }

  /** It keeps what it has, of which there is little. */
  @Override
  public void close() {}

  @Override
  public synchronized boolean read(String text, Instant arrival) {
    return switch (codec.decodeLine(text)) {
      case DecodedLine.Unreadable unreadable -> false;
      case DecodedLine.Read(Line line) ->
          line.run().equals(run) && line.pod().equals(pod) && take(line.fact());
    };
  }

  /** Samples come all the time; whoever waits for one looks by himself. */
  private boolean take(Fact fact) {
    switch (fact) {
      case Fact.Sample sample -> keep(sample);
      case Fact.Repeated(int step, int attempt, int ask) -> {
        repeated = Optional.of(new StepAttempt(step, attempt));
        return true;
      }
      case Fact.SharedUser(String program) -> {
        sharedUser = Optional.of(program);
        return true;
      }
      case Fact.Bye said -> {
        bye = true;
        return true;
      }
      default -> {
        return false;
      }
    }
    return false;
  }

  private void keep(Fact.Sample sample) {
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

  synchronized ObserverTalk talk() {
    return new ObserverTalk(
        new TargetSamples(List.copyOf(samples.values())), repeated, sharedUser, bye);
  }

  @Override
  public synchronized boolean saidBye() {
    return bye;
  }
}

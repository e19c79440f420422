package bench.podium.domain.lifecycle;

import bench.podium.domain.measurement.TargetSample;
import bench.podium.domain.measurement.TargetSamples;
import bench.podium.domain.observation.CollectorObservation;
import bench.podium.domain.observation.CollectorReport;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The collector in a target's pod: one sample per second, of a target that uses half a core. */
final class SimulatedCollector {

  private static final Duration READING_TAKES = Duration.ofMillis(300);

  private static final List<Long> FIRST = List.of(1L);

  private final TreeMap<Instant, List<Long>> mainSince = new TreeMap<>();
  private final String pod;
  private final VirtualTime time;
  private final Instant madeAt;
  private Optional<LastCommand> lastCommand = Optional.empty();
  private Optional<AttemptId> repeated = Optional.empty();
  private boolean stopped;

  /**
   * Samples from this index to {@link #rotatedTo} are no longer in the log, and are repeated on
   * request.
   */
  long rotatedFrom = Long.MAX_VALUE;

  long rotatedTo = Long.MAX_VALUE;

  /** Whether it no longer retains them. */
  boolean retainsNothing;

  /** Whether it never receives a command. */
  boolean unresponsive;

  SimulatedCollector(String pod, VirtualTime time) {
    this.pod = pod;
    this.time = time;
    this.madeAt = time.now();
  }

  /** Restarts the main process; there is none until {@code at}. */
  void mainRestarts(Instant at) {
    mainSince.put(time.now(), List.of());
    mainSince.put(at, List.of(at.toEpochMilli() / 10));
  }

  private List<Long> main(Instant at) {
    return Optional.ofNullable(mainSince.floorEntry(at)).map(Map.Entry::getValue).orElse(FIRST);
  }

  /** The command is on its pod at once; the collector receives it later. */
  void command(LastCommand command) {
    lastCommand = Optional.of(command);
    if (!unresponsive) {
      time.after(time.between(0.05, 0.6), () -> obey(command));
    }
  }

  private void obey(LastCommand command) {
    switch (command.kind()) {
      case REPEAT -> {
        repeated = Optional.of(command.attempt());
        if (!retainsNothing) {
          rotatedFrom = Long.MAX_VALUE;
        }
      }
      case FINISH -> stopped = true;
      case ARM, STOP -> throw new AssertionError("a collector applies no load");
    }
  }

  /** As seen by an operator that reads the log since {@code attached}. */
  CollectorObservation observed(Instant attached) {
    boolean reads = !time.now().isBefore(attached.plus(READING_TAKES));
    CollectorReport report =
        reads
            ? new CollectorReport(new TargetSamples(samples()), repeated, Optional.empty(), stopped)
            : CollectorReport.none();
    return new CollectorObservation(pod, report, lastCommand);
  }

  /** Index of the last sample. */
  long lastSample() {
    return Duration.between(madeAt, time.now()).toSeconds();
  }

  private List<TargetSample> samples() {
    List<TargetSample> samples = new ArrayList<>();
    for (long index = 0; index <= lastSample(); index++) {
      if (index < rotatedFrom || index > rotatedTo) {
        Duration passed = Duration.ofSeconds(index);
        samples.add(
            new TargetSample(
                index,
                madeAt.plus(passed),
                passed.dividedBy(2),
                40_000_000,
                8,
                main(madeAt.plus(passed))));
      }
    }
    return samples;
  }
}

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

/** The collector in a target's pod: it looks once a second and half a core is used. */
final class SimulatedCollector {

  private static final Duration READING_TAKES = Duration.ofMillis(300);

  private static final List<Long> FIRST = List.of(1L);

  private final TreeMap<Instant, List<Long>> mainSince = new TreeMap<>();
  private final String pod;
  private final VirtualTime time;
  private final Instant madeAt;
  private Optional<LastCommand> lastCommand = Optional.empty();
  private Optional<AttemptId> repeated = Optional.empty();
  private boolean bye;

  /** Looks from this one to the other are in nobody's log any more, and repeated when asked for. */
  long rotatedFrom = Long.MAX_VALUE;

  long rotatedTo = Long.MAX_VALUE;

  /** Whether it has not kept them either. */
  boolean keepsNothing;

  /** Never gets any command. */
  boolean unresponsive;

  SimulatedCollector(String pod, VirtualTime time) {
    this.pod = pod;
    this.time = time;
    this.madeAt = time.now();
  }

  /** Until then there is none. */
  void mainRestarts(Instant at) {
    mainSince.put(time.now(), List.of());
    mainSince.put(at, List.of(at.toEpochMilli() / 10));
  }

  private List<Long> main(Instant at) {
    return Optional.ofNullable(mainSince.floorEntry(at)).map(Map.Entry::getValue).orElse(FIRST);
  }

  /** What it was told stands on its pod at once; it learns of it later. */
  void command(LastCommand command) {
    lastCommand = Optional.of(command);
    if (!unresponsive) {
      time.after(time.between(0.05, 0.6), () -> obey(command));
    }
  }

  private void obey(LastCommand command) {
    switch (command.kind()) {
      case REPEAT -> {
        repeated = Optional.of(command.about());
        if (!keepsNothing) {
          rotatedFrom = Long.MAX_VALUE;
        }
      }
      case FINISH -> bye = true;
      case ARM, STOP -> throw new AssertionError("a collector applies no load");
    }
  }

  /** By an operator that has read the log since then. */
  CollectorObservation observed(Instant attached) {
    boolean reads = !time.now().isBefore(attached.plus(READING_TAKES));
    CollectorReport report =
        reads
            ? new CollectorReport(new TargetSamples(samples()), repeated, Optional.empty(), bye)
            : CollectorReport.silent();
    return new CollectorObservation(pod, report, lastCommand);
  }

  /** The last look's index. */
  long looks() {
    return Duration.between(madeAt, time.now()).toSeconds();
  }

  private List<TargetSample> samples() {
    List<TargetSample> samples = new ArrayList<>();
    for (long look = 0; look <= looks(); look++) {
      if (look < rotatedFrom || look > rotatedTo) {
        Duration passed = Duration.ofSeconds(look);
        samples.add(
            new TargetSample(
                look,
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

package bench.podium.domain.measurement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The samples of one pod's collector that have been read.
 *
 * @param samples in the order of their times, without duplicates
 */
public record TargetSamples(List<TargetSample> samples) {

  /** Samples are taken every second; on a busy machine one may be late. */
  static final Duration MAX_SAMPLE_INTERVAL = Duration.ofMillis(1500);

  public TargetSamples {
    samples = List.copyOf(samples);
  }

  /** The samples of a collector of which nothing has been read yet. */
  public static TargetSamples none() {
    return new TargetSamples(List.of());
  }

  /** Whether the main processes of a target's containers survived. */
  public enum MainProcesses {
    /** All that ran at the beginning still ran at the end. */
    SAME,
    /** One of them has ended, whether its container was restarted or not. */
    ENDED,
    /** The samples do not cover the time, or not yet. */
    UNKNOWN
  }

  /**
   * Compares the main processes of the first sample after {@code from} with those of the last
   * sample. Other processes are ignored: they may come and go.
   *
   * @param from begin of the time in which the processes must have survived
   * @param until its end
   */
  public MainProcesses mainProcesses(Instant from, Instant until) {
    Optional<TargetSample> first =
        samples.stream()
            .filter(sample -> !sample.takenAt().isBefore(from) && !sample.mainStarts().isEmpty())
            .findFirst();
    if (first.isEmpty()) {
      return MainProcesses.UNKNOWN;
    }
    TargetSample last = samples.getLast();
    if (!last.mainStarts().containsAll(first.get().mainStarts())) {
      return MainProcesses.ENDED;
    }
    boolean covered =
        !first.get().takenAt().isAfter(from.plus(MAX_SAMPLE_INTERVAL))
            && !last.takenAt().isBefore(until);
    return covered ? MainProcesses.SAME : MainProcesses.UNKNOWN;
  }

  /** Whether a sample has the start times of the target's main processes. */
  public boolean hasProcessStarts() {
    return samples.stream().anyMatch(sample -> !sample.mainStarts().isEmpty());
  }

  /** Whether the samples cover an interval of time. */
  public sealed interface Coverage {

    /**
     * No sample is missing.
     *
     * @param within the samples in the interval, in order; a short interval may have none or one
     */
    record Complete(List<TargetSample> within) implements Coverage {
      public Complete {
        within = List.copyOf(within);
      }
    }

    /** The last samples have not been read yet. */
    record Pending() implements Coverage {}

    /** Samples are missing, and later ones have been read. */
    record Gap() implements Coverage {}
  }

  /**
   * An interval is covered if no sample is missing from the last one before it to the last one in
   * it, which must not be older than the time between two samples. A collector that started within
   * the interval leaves a gap, like one that restarted: a reader of its log cannot distinguish
   * them.
   */
  public Coverage coverage(Instant from, Instant until) {
    Optional<TargetSample> end =
        samples.stream()
            .filter(sample -> !sample.takenAt().isBefore(until.minus(MAX_SAMPLE_INTERVAL)))
            .findFirst();
    if (end.isEmpty()) {
      return new Coverage.Pending();
    }
    int first = lastUpTo(from);
    int last = samples.indexOf(end.get());
    boolean begins = !samples.get(first).takenAt().isAfter(from);
    return begins && isContiguous(first, last)
        ? new Coverage.Complete(within(from, until))
        : new Coverage.Gap();
  }

  private int lastUpTo(Instant from) {
    int first = 0;
    while (first + 1 < samples.size() && !samples.get(first + 1).takenAt().isAfter(from)) {
      first++;
    }
    return first;
  }

  private boolean isContiguous(int first, int last) {
    for (int i = first; i < last; i++) {
      if (samples.get(i + 1).index() != samples.get(i).index() + 1) {
        return false;
      }
    }
    return true;
  }

  /** The samples in an interval, whether some are missing or not. */
  public List<TargetSample> within(Instant from, Instant until) {
    return samples.stream()
        .filter(sample -> !sample.takenAt().isBefore(from) && !sample.takenAt().isAfter(until))
        .toList();
  }
}

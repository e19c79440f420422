package bench.podium.domain.measurement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one pod's collector is known to have seen.
 *
 * @param samples in the order of their times, each once
 */
public record TargetSamples(List<TargetSample> samples) {

  /** Looks are a second apart; on a busy machine one may be late. */
  static final Duration BETWEEN_LOOKS = Duration.ofMillis(1500);

  public TargetSamples {
    samples = List.copyOf(samples);
  }

  /** Of a collector that has not been heard yet. */
  public static TargetSamples none() {
    return new TargetSamples(List.of());
  }

  /** What became of the main processes of a target's containers. */
  public enum MainProcesses {
    /** Those that ran at the beginning still ran at the end. */
    SAME,
    /** One of them has ended, whether its container was started again or not. */
    ENDED,
    /** The samples do not say, or not yet. */
    UNKNOWN
  }

  /**
   * Compares the first sample of a time with the last that is here. Other processes may come and
   * go: they are not looked at.
   *
   * @param from since when the same processes must have run
   * @param until how long they must have run at least
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
    boolean whole =
        !first.get().takenAt().isAfter(from.plus(BETWEEN_LOOKS)) && !last.takenAt().isBefore(until);
    return whole ? MainProcesses.SAME : MainProcesses.UNKNOWN;
  }

  /** Whether the collector says when the target's main processes started. */
  public boolean tellStarts() {
    return samples.stream().anyMatch(sample -> !sample.mainStarts().isEmpty());
  }

  /** How far a time is covered. */
  public sealed interface Coverage {

    /**
     * No look is missing.
     *
     * @param within those of the time, in order; none and one are possible where it is short
     */
    record Whole(List<TargetSample> within) implements Coverage {
      public Whole {
        within = List.copyOf(within);
      }
    }

    /** The last looks are not here yet. */
    record Awaited() implements Coverage {}

    /** Looks are missing, and what came after them is here. */
    record Gap() implements Coverage {}
  }

  /**
   * A time is covered from the last look before it to its end, but for the time between two looks.
   * A collector that began within it is as good as one that was started again within it: whoever
   * reads its log afresh cannot tell them apart.
   */
  public Coverage over(Instant from, Instant until) {
    Optional<TargetSample> end =
        samples.stream()
            .filter(sample -> !sample.takenAt().isBefore(until.minus(BETWEEN_LOOKS)))
            .findFirst();
    if (end.isEmpty()) {
      return new Coverage.Awaited();
    }
    int first = firstThatCounts(from);
    int last = samples.indexOf(end.get());
    boolean begins = !samples.get(first).takenAt().isAfter(from);
    return begins && withoutGap(first, last)
        ? new Coverage.Whole(within(from, until))
        : new Coverage.Gap();
  }

  private int firstThatCounts(Instant from) {
    int first = 0;
    while (first + 1 < samples.size() && !samples.get(first + 1).takenAt().isAfter(from)) {
      first++;
    }
    return first;
  }

  private boolean withoutGap(int first, int last) {
    for (int i = first; i < last; i++) {
      if (samples.get(i + 1).index() != samples.get(i).index() + 1) {
        return false;
      }
    }
    return true;
  }

  /** Those of a time, whatever is missing among them. */
  public List<TargetSample> within(Instant from, Instant until) {
    return samples.stream()
        .filter(sample -> !sample.takenAt().isBefore(from) && !sample.takenAt().isAfter(until))
        .toList();
  }
}

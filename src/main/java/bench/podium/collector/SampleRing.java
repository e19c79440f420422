package bench.podium.collector;

import bench.podium.domain.measurement.TargetSample;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest samples, for an operator that has missed them. Not thread-safe. */
final class SampleRing {

  private final int kept;
  private final Deque<TargetSample> samples = new ArrayDeque<>();

  /**
   * @param kept maximum number of samples; the oldest are dropped
   */
  SampleRing(int kept) {
    this.kept = kept;
  }

  void add(TargetSample sample) {
    if (samples.size() == kept) {
      samples.removeFirst();
    }
    samples.addLast(sample);
  }

  /**
   * The samples between two times, and the last one before them, which shows a reader that none is
   * missing.
   */
  List<TargetSample> around(Instant from, Instant until) {
    Instant begin =
        samples.stream()
            .map(TargetSample::takenAt)
            .filter(at -> !at.isAfter(from))
            .reduce(from, (before, next) -> next);
    return samples.stream()
        .filter(sample -> !sample.takenAt().isBefore(begin))
        .filter(sample -> !sample.takenAt().isAfter(until))
        .toList();
  }
}

package bench.podium.collector;

import bench.podium.domain.measurement.TargetSample;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest samples, for an operator that has missed them. Not thread-safe. */
final class SampleRing {

  private final int capacity;
  private final Deque<TargetSample> samples = new ArrayDeque<>();

  /**
   * @param capacity maximum number of samples; the oldest are dropped
   */
  SampleRing(int capacity) {
    this.capacity = capacity;
  }

  void add(TargetSample sample) {
    if (samples.size() == capacity) {
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

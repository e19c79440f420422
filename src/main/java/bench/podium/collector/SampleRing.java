package bench.podium.collector;

import bench.podium.domain.measurement.TargetSample;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest samples, for whoever has missed them. For one thread. */
final class SampleRing {

  private final int kept;
  private final Deque<TargetSample> samples = new ArrayDeque<>();

  /**
   * @param kept how many at most; the oldest go
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
   * Those between two times, and the last before them, with which a reader sees that none is
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

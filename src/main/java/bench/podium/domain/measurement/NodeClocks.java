package bench.podium.domain.measurement;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The clocks of the nodes on which a step's workers run. Pods with the same boot id share a clock.
 *
 * @param clocks the worst reading of each node
 */
record NodeClocks(List<ClockReading> clocks) {

  NodeClocks {
    clocks = List.copyOf(clocks);
  }

  static NodeClocks of(Collection<WorkerMeasurement> workers) {
    return workers.stream()
        .map(WorkerMeasurement::clock)
        .collect(
            collectingAndThen(
                toMap(ClockReading::bootId, Function.identity(), NodeClocks::worse),
                byBootId -> new NodeClocks(List.copyOf(byBootId.values()))));
  }

  private static ClockReading worse(ClockReading one, ClockReading other) {
    return new ClockReading(
        one.bootId(),
        one.synchronised() && other.synchronised(),
        Math.max(one.maxErrorMicros(), other.maxErrorMicros()));
  }

  boolean shared() {
    return clocks.size() <= 1;
  }

  /** Maximum error of a difference between two of the clocks in us; 0 where there is only one. */
  long errorMicros() {
    if (shared()) {
      return 0;
    }
    return clocks.stream()
        .map(ClockReading::maxErrorMicros)
        .sorted(Comparator.reverseOrder())
        .limit(2)
        .reduce(0L, Math::addExact);
  }

  /** The boot ids of the clocks that are not synchronised. */
  List<String> unsynchronised() {
    return clocks.stream()
        .filter(clock -> !clock.synchronised())
        .map(ClockReading::bootId)
        .sorted()
        .toList();
  }
}

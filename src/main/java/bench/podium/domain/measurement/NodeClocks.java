package bench.podium.domain.measurement;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The clocks behind a step, one a node: pods with the same boot id share theirs.
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

  /** Of a difference between any two of the clocks; 0 where there is only one. */
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

  /** The boot ids of clocks that no time source holds. */
  List<String> unsynchronised() {
    return clocks.stream()
        .filter(clock -> !clock.synchronised())
        .map(ClockReading::bootId)
        .sorted()
        .toList();
  }
}

package bench.podium.engine.wrk;

import bench.podium.domain.plan.Workload;
import bench.podium.engine.LoadAssignment;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What differs from one run of wrk to the next, as the Lua table that wrk.lua reads. */
final class WrkPlan {

  private WrkPlan() {}

  static String lua(LoadAssignment order, WrkPhase phase) {
    return """
    -- Written for one run of wrk; wrk.lua reads it.
    return {
      connect = %s,
      send = %s,
      go_on = %s,
      threads = %d,
      timeout_us = %d,
      counters = %s,
      counters_bytes = %d,
      scan = %s,
      histogram = %b,
      seeds = {%s},
      sequence = {first = %d, stride = %d},
      requests = {
        %s
      },
    }
    """
        .formatted(
            time(phase.connects()),
            time(phase.opens()),
            time(phase.goesOn()),
            order.threads(),
            order.timeout().toNanos() / 1000,
            LuaSource.literal(phase.counters().toString()),
            phase.layout().bytes(),
            phase.layout().lua(phase.opens()),
            phase.kind() == WrkPhase.Kind.MEASURED,
            seeds(order, phase),
            order.sequence().firstOf(phase.kind().sequencePhase(), 0),
            order.sequence().stride(),
            requests(order));
  }

  private static String time(Instant time) {
    return "{seconds = %d, nanoseconds = %d}".formatted(time.getEpochSecond(), time.getNano());
  }

  private static String requests(LoadAssignment order) {
    String authority = order.target().getRawAuthority();
    return order.workload().requests().stream()
        .map(request -> request(order.workload(), request, authority))
        .collect(Collectors.joining(",\n    "));
  }

  private static String request(Workload workload, Workload.Request request, String authority) {
    return HttpRequestText.of(workload, request, authority).toLua(request.weight());
  }

  private static String seeds(LoadAssignment order, WrkPhase phase) {
    return IntStream.range(0, order.threads())
        .mapToObj(thread -> Long.toString(seed(order, phase, thread)))
        .collect(Collectors.joining(", "));
  }

  /** A whole number that a Lua number holds exactly; threads, workers and phases differ. */
  private static long seed(LoadAssignment order, WrkPhase phase, int thread) {
    long place = ((long) order.worker() << 20) | ((long) thread << 1) | phase.kind().number();
    return mix(mix(order.workload().seed()) + place) >>> 11;
  }

  /** SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}

package bench.podium.engine.wrk;

import bench.podium.domain.plan.Workload;
import bench.podium.engine.LoadAssignment;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The settings of one wrk process, as the Lua table that wrk.lua reads. */
final class WrkPlan {

  private WrkPlan() {}

  static String lua(LoadAssignment assignment, WrkPhase phase) {
    return """
    -- Written for one wrk process; wrk.lua reads it.
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
            time(phase.continues()),
            assignment.threads(),
            assignment.timeout().toNanos() / 1000,
            LuaSource.literal(phase.counters().toString()),
            phase.layout().bytes(),
            phase.layout().lua(phase.opens()),
            phase.kind() == WrkPhase.Kind.MEASURED,
            seeds(assignment, phase),
            assignment.sequence().firstOf(phase.kind().sequencePhase(), 0),
            assignment.sequence().stride(),
            requests(assignment));
  }

  private static String time(Instant time) {
    return "{seconds = %d, nanoseconds = %d}".formatted(time.getEpochSecond(), time.getNano());
  }

  private static String requests(LoadAssignment assignment) {
    String authority = assignment.target().getRawAuthority();
    return assignment.workload().requests().stream()
        .map(request -> request(assignment.workload(), request, authority))
        .collect(Collectors.joining(",\n    "));
  }

  private static String request(Workload workload, Workload.Request request, String authority) {
    return HttpRequestText.of(workload, request, authority).toLua(request.weight());
  }

  private static String seeds(LoadAssignment assignment, WrkPhase phase) {
    return IntStream.range(0, assignment.threads())
        .mapToObj(thread -> Long.toString(seed(assignment, phase, thread)))
        .collect(Collectors.joining(", "));
  }

  /** An integer that a Lua number holds exactly, different for each worker, thread and phase. */
  private static long seed(LoadAssignment assignment, WrkPhase phase, int thread) {
    long stream = ((long) assignment.worker() << 20) | ((long) thread << 1) | phase.kind().number();
    return mix(mix(assignment.workload().seed()) + stream) >>> 11;
  }

  /** SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}

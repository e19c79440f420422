package bench.podium.engine.wrk;

import bench.podium.domain.measurement.ClockReading;
import bench.podium.engine.EngineResult;
import bench.podium.engine.ExitMeaning;
import bench.podium.engine.LoadAssignment;
import bench.podium.engine.LoadCounts;
import bench.podium.engine.PreparedLoad;
import bench.podium.engine.PreparedProcess;
import bench.podium.engine.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The one or two runs of wrk that make an attempt. */
final class WrkLoad implements PreparedLoad {

  private final String executable;
  private final Instant t0;
  private final LoadAssignment order;
  private final int connections;
  private final List<WrkPhase> phases;

  WrkLoad(
      String executable, Instant t0, LoadAssignment order, int connections, List<WrkPhase> phases) {
    this.executable = executable;
    this.t0 = t0;
    this.order = order;
    this.connections = connections;
    this.phases = List.copyOf(phases);
  }

  @Override
  public List<PreparedProcess> processes() {
    return phases.stream()
        .map(
            phase ->
                new PreparedProcess(
                    command(phase),
                    phase.directory(),
                    phase.output(),
                    phase.startGate(),
                    phase.opens(),
                    order.endsBefore(t0)))
        .toList();
  }

  private List<String> command(WrkPhase phase) {
    return List.of(
        executable,
        "-t" + order.threads(),
        "-c" + connections,
        "-d" + phase.duration().toSeconds() + "s",
        "--timeout",
        order.timeout().toSeconds() + "s",
        "--latency",
        "-s",
        phase.script().getFileName().toString(),
        order.target().resolve("/").toString());
  }

  @Override
  public LoadCounts counts() {
    long sent = 0;
    long fewestRequests = 0;
    Optional<Instant> first = Optional.empty();
    for (WrkPhase phase : phases) {
      List<WrkCounters> threads = counters(phase);
      long sentInPhase = threads.stream().mapToLong(WrkCounters::sent).sum();
      sent += sentInPhase;
      fewestRequests += Math.max(0, sentInPhase - connections);
      if (phase.kind() == WrkPhase.Kind.MEASURED) {
        first =
            threads.stream()
                .flatMap(thread -> thread.first().stream())
                .min(Comparator.naturalOrder());
      }
    }
    return new LoadCounts(sent, fewestRequests, first);
  }

  private List<WrkCounters> counters(WrkPhase phase) {
    try {
      return WrkCounters.read(phase.counters(), order.threads());
    } catch (IOException e) {
      // They are gone with the attempt; nothing is known of it then.
      return List.of();
    }
  }

  @Override
  public ExitMeaning meaningOf(PreparedProcess process, int status, String output) {
    return ExitMeaning.of("wrk", status, output);
  }

  @Override
  public EngineResult result(ClockReading clock) throws IOException {
    long warmupRequests = 0;
    long warmupSent = 0;
    for (WrkPhase phase : phases) {
      if (phase.kind() == WrkPhase.Kind.WARMUP) {
        WrkResults warmup = WrkResults.read(phase.results());
        warmupRequests += warmup.requests();
        warmupSent += warmup.sent();
      }
    }
    WrkPhase measured = phases.getLast();
    WrkResults results = WrkResults.read(measured.results());
    Duration interval = results.correctionInterval(connections);
    WrkLatencies latencies = WrkLatencies.read(measured.results(), interval);
    return new EngineResult(
        results.measurement(
            order,
            connections,
            measured.connects(),
            measured.opens(),
            WrkThread.read(measured.counters(), measured.layout()),
            latencies,
            clock),
        warmupRequests,
        warmupSent,
        RegularFile.text(measured.output(), EngineResult.MAX_OUTPUT_LENGTH));
  }

  @Override
  public void discard() {
    for (WrkPhase phase : phases) {
      try {
        Files.deleteIfExists(phase.counters());
      } catch (IOException e) {
        // It lies in the pod's own memory and goes with the pod.
      }
    }
  }
}

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

/** The load of one attempt: one process of wrk, or two with a warm-up. */
final class WrkLoad implements PreparedLoad {

  private final String executable;
  private final Instant t0;
  private final LoadAssignment assignment;
  private final int connections;
  private final List<WrkPhase> phases;

  WrkLoad(
      String executable,
      Instant t0,
      LoadAssignment assignment,
      int connections,
      List<WrkPhase> phases) {
    this.executable = executable;
    this.t0 = t0;
    this.assignment = assignment;
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
                    assignment.endsBefore(t0)))
        .toList();
  }

  private List<String> command(WrkPhase phase) {
    return List.of(
        executable,
        "-t" + assignment.threads(),
        "-c" + connections,
        "-d" + phase.duration().toSeconds() + "s",
        "--timeout",
        assignment.timeout().toSeconds() + "s",
        "--latency",
        "-s",
        phase.script().getFileName().toString(),
        assignment.target().resolve("/").toString());
  }

  @Override
  public LoadCounts counts() {
    long sent = 0;
    long minReplies = 0;
    Optional<Instant> first = Optional.empty();
    for (WrkPhase phase : phases) {
      List<WrkCounters> threads = counters(phase);
      long sentInPhase = threads.stream().mapToLong(WrkCounters::sent).sum();
      sent += sentInPhase;
      minReplies += Math.max(0, sentInPhase - connections);
      if (phase.kind() == WrkPhase.Kind.MEASURED) {
        first =
            threads.stream()
                .flatMap(thread -> thread.first().stream())
                .min(Comparator.naturalOrder());
      }
    }
    return new LoadCounts(sent, minReplies, first);
  }

  private List<WrkCounters> counters(WrkPhase phase) {
    try {
      return WrkCounters.read(phase.counters(), assignment.threads());
    } catch (IOException e) {
      // The file is removed with the attempt; no counts are known then.
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
            assignment,
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
        // The file is in the pod's memory and is removed with the pod.
      }
    }
  }
}

package bench.podium.engine;

import bench.podium.domain.measurement.ClockReading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A load with a low open stream beside it, which gives its latencies by the second and nothing else
 * to the figures. Its requests are among those that are counted as sent, like a warm-up's.
 *
 * @param probe has one process, which comes first
 */
public record ProbedLoad(PreparedLoad load, PreparedLoad probe) implements PreparedLoad {

  @Override
  public List<PreparedProcess> processes() {
    List<PreparedProcess> processes = new ArrayList<>(probe.processes());
    processes.addAll(load.processes());
    return List.copyOf(processes);
  }

  @Override
  public LoadCounts counts() {
    LoadCounts ofWorkers = load.counts();
    LoadCounts ofProbe = probe.counts();
    return new LoadCounts(
        ofWorkers.sent() + ofProbe.sent(),
        ofWorkers.fewestRequests() + ofProbe.fewestRequests(),
        ofWorkers.firstRequest());
  }

  @Override
  public ExitMeaning meaningOf(PreparedProcess process, int status, String output) {
    PreparedLoad whose = probe.processes().contains(process) ? probe : load;
    return whose.meaningOf(process, status, output);
  }

  @Override
  public EngineResult result(ClockReading clock) throws IOException {
    EngineResult ofWorkers = load.result(clock);
    EngineResult ofProbe = probe.result(clock);
    return new EngineResult(
        ofWorkers.measurement().with(ofProbe.measurement().series()),
        ofWorkers.warmupRequests() + ofProbe.warmupRequests() + ofProbe.measurement().requests(),
        ofWorkers.warmupSent() + ofProbe.warmupSent() + ofProbe.measurement().sent(),
        ofWorkers.output());
  }

  @Override
  public void discard() {
    load.discard();
    probe.discard();
  }
}

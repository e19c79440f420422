package bench.podium.engine;

import bench.podium.domain.measure.ClockReading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A load with a low open stream beside it, which gives its latencies by the second and nothing else
 * to the figures. Its requests are among those that are counted as sent, like a warm-up's.
 *
 * @param probe has one process, which comes first
 */
public record ProbedLoad(GatedLoad load, GatedLoad probe) implements GatedLoad {

  @Override
  public List<GatedProcess> processes() {
    List<GatedProcess> processes = new ArrayList<>(probe.processes());
    processes.addAll(load.processes());
    return List.copyOf(processes);
  }

  @Override
  public LoadCounts counts() {
    LoadCounts ofLoad = load.counts();
    LoadCounts ofProbe = probe.counts();
    return new LoadCounts(
        ofLoad.sent() + ofProbe.sent(),
        ofLoad.fewestRequests() + ofProbe.fewestRequests(),
        ofLoad.firstRequest());
  }

  @Override
  public ExitMeaning meaningOf(GatedProcess process, int status, String output) {
    GatedLoad whose = probe.processes().contains(process) ? probe : load;
    return whose.meaningOf(process, status, output);
  }

  @Override
  public EngineResult result(ClockReading clock) throws IOException {
    EngineResult ofLoad = load.result(clock);
    EngineResult ofProbe = probe.result(clock);
    return new EngineResult(
        ofLoad.measurement().with(ofProbe.measurement().series()),
        ofLoad.warmupRequests() + ofProbe.warmupRequests() + ofProbe.measurement().requests(),
        ofLoad.warmupSent() + ofProbe.warmupSent() + ofProbe.measurement().sent(),
        ofLoad.output());
  }

  @Override
  public void discard() {
    load.discard();
    probe.discard();
  }
}

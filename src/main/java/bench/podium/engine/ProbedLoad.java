package bench.podium.engine;

import bench.podium.domain.measurement.ClockReading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A load with a probe: an open load at a low rate that runs at the same time. The result takes only
 * the latencies by second from the probe. The probe's requests count as sent, like those of a
 * warm-up.
 *
 * @param probe has one process, which is listed first
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
    LoadCounts ofLoad = load.counts();
    LoadCounts ofProbe = probe.counts();
    return new LoadCounts(
        ofLoad.sent() + ofProbe.sent(),
        ofLoad.minReplies() + ofProbe.minReplies(),
        ofLoad.firstRequest());
  }

  @Override
  public ExitMeaning meaningOf(PreparedProcess process, int status, String output) {
    PreparedLoad owner = probe.processes().contains(process) ? probe : load;
    return owner.meaningOf(process, status, output);
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

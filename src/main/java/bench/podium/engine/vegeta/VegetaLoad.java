package bench.podium.engine.vegeta;

import bench.podium.domain.measurement.ClockReading;
import bench.podium.engine.EngineResult;
import bench.podium.engine.ExitMeaning;
import bench.podium.engine.LoadAssignment;
import bench.podium.engine.LoadCounts;
import bench.podium.engine.PreparedLoad;
import bench.podium.engine.PreparedProcess;
import bench.podium.engine.RegularFile;
import bench.podium.engine.StartGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The open load of one attempt, which is one process. */
final class VegetaLoad implements PreparedLoad {

  static final String PLAN = "plan.json";

  private final String executable;
  private final Instant t0;
  private final LoadAssignment assignment;
  private final Path home;
  private final Path counters;

  VegetaLoad(String executable, Instant t0, LoadAssignment assignment, Path home, Path counters) {
    this.executable = executable;
    this.t0 = t0;
    this.assignment = assignment;
    this.home = home;
    this.counters = counters;
  }

  @Override
  public List<PreparedProcess> processes() {
    return List.of(
        new PreparedProcess(
            List.of(executable, home.resolve(PLAN).toString()),
            home,
            output(),
            new StartGate.SelfTimed(home.resolve("parked")),
            t0,
            assignment.endsBefore(t0)));
  }

  private Path output() {
    return home.resolve("output");
  }

  @Override
  public LoadCounts counts() {
    try {
      VegetaCounters read = VegetaCounters.read(counters);
      return new LoadCounts(read.sent(), read.replies(), read.first());
    } catch (IOException e) {
      // The file is removed with the attempt; no counts are known then.
      return new LoadCounts(0, 0, Optional.empty());
    }
  }

  @Override
  public ExitMeaning meaningOf(PreparedProcess process, int status, String output) {
    return ExitMeaning.of("vegeta", status, output);
  }

  @Override
  public EngineResult result(ClockReading clock) throws IOException {
    VegetaResults results = VegetaResults.read(home.resolve("results"));
    return new EngineResult(
        results.measurement(assignment.worker(), clock),
        results.warmupRequests(),
        results.warmupSent(),
        RegularFile.text(output(), EngineResult.MAX_OUTPUT_LENGTH));
  }

  @Override
  public void discard() {
    try {
      Files.deleteIfExists(counters);
    } catch (IOException e) {
      // The file is in the pod's memory and is removed with the pod.
    }
  }
}

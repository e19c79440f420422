package bench.podium.controller.run;

import bench.podium.api.v1alpha1.RunSummary;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What was last seen of each run: mostly by the watch, which may lag behind what was just read. The
 * end of a run is to be known to those that wait at once.
 */
final class LastSeenRuns {

  /** By the run's uid, where the watch lags behind. */
  private final Map<String, RunSummary> newer = new ConcurrentHashMap<>();

  /** A run was read live. */
  void read(RunSummary run) {
    newer.put(run.getMetadata().getUid(), run);
  }

  /** The watch shows it so. */
  void watched(RunSummary run) {
    newer.computeIfPresent(
        run.getMetadata().getUid(), (uid, read) -> version(run) >= version(read) ? null : read);
  }

  void forget(String runUid) {
    newer.remove(runUid);
  }

  /** The newest of each. */
  Stream<RunSummary> newest(Stream<RunSummary> watched) {
    return watched.map(
        run -> {
          RunSummary read = newer.get(run.getMetadata().getUid());
          return read == null || version(run) >= version(read) ? run : read;
        });
  }

  /** The framework compares them in the same way. */
  private static long version(RunSummary run) {
    return Long.parseLong(run.getMetadata().getResourceVersion());
  }
}

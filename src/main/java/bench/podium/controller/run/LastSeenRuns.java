package bench.podium.controller.run;

import bench.podium.api.v1alpha1.RunSummary;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The newest known version of each run: from the informer cache, or from a live read if that is
 * newer. Queued runs learn of the end of a run without waiting for the watch.
 */
final class LastSeenRuns {

  /** By run uid; only runs for which the cache is older than the last live read. */
  private final Map<String, RunSummary> newer = new ConcurrentHashMap<>();

  /** Records a run that was read from the API server. */
  void recordRead(RunSummary run) {
    newer.put(run.getMetadata().getUid(), run);
  }

  /** Drops the recorded version once the informer cache has caught up. */
  void recordCached(RunSummary run) {
    newer.computeIfPresent(
        run.getMetadata().getUid(), (uid, read) -> version(run) >= version(read) ? null : read);
  }

  void forget(String runUid) {
    newer.remove(runUid);
  }

  /** The newest known version of each of the cached runs. */
  Stream<RunSummary> newest(Stream<RunSummary> cached) {
    return cached.map(
        run -> {
          RunSummary read = newer.get(run.getMetadata().getUid());
          return read == null || version(run) >= version(read) ? run : read;
        });
  }

  /** Resource versions compare as numbers, as in the framework. */
  private static long version(RunSummary run) {
    return Long.parseLong(run.getMetadata().getResourceVersion());
  }
}

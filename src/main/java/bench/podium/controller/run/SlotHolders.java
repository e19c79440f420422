package bench.podium.controller.run;

import bench.podium.api.v1alpha1.RunSummary;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Uids of the runs that held the slot when they were last read. These runs must be read live,
 * because their cached state may be older than their admission.
 */
final class SlotHolders {

  private final Set<String> uids = ConcurrentHashMap.newKeySet();
  private final Consumer<String> deleted;

  /**
   * @param deleted called with the uid of each run that held the slot and no longer exists
   */
  SlotHolders(Consumer<String> deleted) {
    this.deleted = deleted;
  }

  /** Adds the run; returns whether it was not a holder before. */
  boolean add(String runUid) {
    return uids.add(runUid);
  }

  /** Removes the run; returns whether it was a holder before. */
  boolean remove(String runUid) {
    return uids.remove(runUid);
  }

  boolean contains(String runUid) {
    return uids.contains(runUid);
  }

  /**
   * Whether another run holds the slot. A deleted run is not reconciled again, so it is detected
   * here, because it is missing from the known runs.
   *
   * @param known all existing runs; listed only if there is another holder
   */
  boolean isHeldByAnother(String runUid, Supplier<Stream<RunSummary>> known) {
    List<String> others = uids.stream().filter(other -> !other.equals(runUid)).toList();
    if (others.isEmpty()) {
      return false;
    }
    Set<String> existing =
        known.get().map(run -> run.getMetadata().getUid()).collect(Collectors.toSet());
    others.stream().filter(other -> !existing.contains(other)).forEach(this::drop);
    return others.stream().anyMatch(existing::contains);
  }

  private void drop(String runUid) {
    uids.remove(runUid);
    deleted.accept(runUid);
  }
}

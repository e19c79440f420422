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
 * Uids of runs that had the place when they were last read: of these alone what was last seen is
 * not enough, since it may be of before their admission.
 */
final class SlotHolders {

  private final Set<String> uids = ConcurrentHashMap.newKeySet();
  private final Consumer<String> gone;

  /**
   * @param gone is told the uid of each run that was led and is not there any more
   */
  SlotHolders(Consumer<String> gone) {
    this.gone = gone;
  }

  /** Whether it was not led before. */
  boolean add(String runUid) {
    return uids.add(runUid);
  }

  /** Whether it was led before. */
  boolean remove(String runUid) {
    return uids.remove(runUid);
  }

  boolean contains(String runUid) {
    return uids.contains(runUid);
  }

  /**
   * Whether another run than this is led. A run that was deleted is not reconciled again, so that
   * its end is seen only by its absence.
   *
   * @param known all runs there are, listed only where another is led
   */
  boolean isOther(String runUid, Supplier<Stream<RunSummary>> known) {
    List<String> others = uids.stream().filter(other -> !other.equals(runUid)).toList();
    if (others.isEmpty()) {
      return false;
    }
    Set<String> there =
        known.get().map(run -> run.getMetadata().getUid()).collect(Collectors.toSet());
    others.stream().filter(other -> !there.contains(other)).forEach(this::drop);
    return others.stream().anyMatch(there::contains);
  }

  private void drop(String runUid) {
    uids.remove(runUid);
    gone.accept(runUid);
  }
}

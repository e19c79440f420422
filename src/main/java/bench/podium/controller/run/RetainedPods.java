package bench.podium.controller.run;

import bench.podium.controller.cluster.EventWriter;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.events.FinishedRunEvents;
import bench.podium.observation.RunObjects;
import bench.podium.resources.Names;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Releases the retained pods of a finished run when another run holds the slot. */
final class RetainedPods {

  /**
   * Time for saving the logs; after it the pods are deleted anyway, since the next run may be
   * waiting for them.
   */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final RetainedLogs logs;
  private final EventWriter events;
  private final Clock clock;

  /**
   * @param since when the first try began
   * @param refusal why the last try was rejected, if it was
   */
  private record Try(Instant since, Optional<String> refusal) {}

  /** By run uid, the runs whose pods are being released. */
  private final Map<String, Try> releasing = new ConcurrentHashMap<>();

  /** By run uid, since when the run's pods may be deleted. */
  private final Map<String, Instant> deletable = new ConcurrentHashMap<>();

  RetainedPods(RetainedLogs logs, EventWriter events, Clock clock) {
    this.logs = logs;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Whether the release of the run's pods has begun; it is completed whichever run holds the slot
   * by then.
   */
  boolean isReleasing(String runUid) {
    return releasing.containsKey(runUid);
  }

  /** Drops the state of a run that has no objects left. */
  void forget(String runUid) {
    releasing.remove(runUid);
    deletable.remove(runUid);
  }

  /**
   * Saves the ends of the pods' logs.
   *
   * @return whether the pods may be deleted
   */
  boolean release(RunIdentity run, RunObjects objects) {
    if (deletable.containsKey(run.uid())) {
      return true;
    }
    Instant now = clock.instant();
    Try before = releasing.computeIfAbsent(run.uid(), uid -> new Try(now, Optional.empty()));
    Instant deadline = before.since().plus(TIMEOUT);
    RetainedLogs.Outcome outcome = logs.save(run, objects, deadline);
    if (outcome instanceof RetainedLogs.Outcome.Refused(Problem why)
        && clock.instant().isBefore(deadline)) {
      releasing.put(run.uid(), new Try(before.since(), Optional.of(why.message())));
      return false;
    }
    deletable.put(run.uid(), now);
    Optional<String> notSaved = notSaved(outcome, before.refusal());
    events.record(
        run, List.of(FinishedRunEvents.retainedPodsRemoved(Names.index(run.name()), notSaved)));
    return true;
  }

  /**
   * Why logs were not saved. If the time was up, the rejection of an earlier try explains more than
   * the timeout.
   */
  private static Optional<String> notSaved(RetainedLogs.Outcome outcome, Optional<String> refusal) {
    return switch (outcome) {
      case RetainedLogs.Outcome.Saved() -> Optional.empty();
      case RetainedLogs.Outcome.Refused(Problem why) -> Optional.of(why.message());
      case RetainedLogs.Outcome.TimedOut(int saved, int total) ->
          refusal.or(
              () ->
                  Optional.of(
                      "%d of %d were within %d s".formatted(saved, total, TIMEOUT.toSeconds())));
      case RetainedLogs.Outcome.NoResults() ->
          Optional.of("the run is gone, or this version of the operator cannot read its spec");
    };
  }
}

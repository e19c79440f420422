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

/** Pods that were kept for a person, and go since another run has the place now. */
final class RetainedPods {

  /** Logs that nobody takes do not keep the pods, which the next run may wait for. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final RetainedLogs logs;
  private final EventWriter events;
  private final Clock clock;

  /**
   * @param since when the first try began
   * @param refusal why the last one was turned down, if there was one
   */
  private record Try(Instant since, Optional<String> refusal) {}

  /** By the run's uid, since when its pods are to go. */
  private final Map<String, Try> begun = new ConcurrentHashMap<>();

  /** Uids of runs whose pods may be removed. */
  private final Map<String, Instant> ready = new ConcurrentHashMap<>();

  RetainedPods(RetainedLogs logs, EventWriter events, Clock clock) {
    this.logs = logs;
    this.events = events;
    this.clock = clock;
  }

  /** Whether they are to go, whoever has the place by now. */
  boolean hasBegun(String runUid) {
    return begun.containsKey(runUid);
  }

  /** Drops what is remembered of a run of which nothing stands any more. */
  void forget(String runUid) {
    begun.remove(runUid);
    ready.remove(runUid);
  }

  /**
   * Keeps the ends of their logs.
   *
   * @return whether they may be removed
   */
  boolean yieldSlot(RunIdentity run, RunObjects objects) {
    if (ready.containsKey(run.uid())) {
      return true;
    }
    Instant now = clock.instant();
    Try before = begun.computeIfAbsent(run.uid(), uid -> new Try(now, Optional.empty()));
    Instant deadline = before.since().plus(TIMEOUT);
    RetainedLogs.Outcome outcome = logs.keep(run, objects, deadline);
    if (outcome instanceof RetainedLogs.Outcome.Refused(Problem why)
        && clock.instant().isBefore(deadline)) {
      begun.put(run.uid(), new Try(before.since(), Optional.of(why.message())));
      return false;
    }
    ready.put(run.uid(), now);
    Optional<String> notRetained = notRetained(outcome, before.refusal());
    events.record(
        run, List.of(FinishedRunEvents.retainedPodsRemoved(Names.index(run.name()), notRetained)));
    return true;
  }

  /** Where none was read any more, the refusal of the try before says more than the time. */
  private static Optional<String> notRetained(
      RetainedLogs.Outcome outcome, Optional<String> refusal) {
    return switch (outcome) {
      case RetainedLogs.Outcome.Kept() -> Optional.empty();
      case RetainedLogs.Outcome.Refused(Problem why) -> Optional.of(why.message());
      case RetainedLogs.Outcome.Late(int kept, int all) ->
          refusal.or(
              () ->
                  Optional.of(
                      "%d of %d were within %d s".formatted(kept, all, TIMEOUT.toSeconds())));
      case RetainedLogs.Outcome.NoResults() ->
          Optional.of("the run is gone, or this version of the operator cannot read its spec");
    };
  }
}

package bench.podium.controller;

import bench.podium.domain.lifecycle.Trouble;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.events.OverEvents;
import bench.podium.observe.RunObjects;
import bench.podium.resources.Names;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Pods that were kept for a person, and go since another run has the place now. */
final class KeptPods {

  /** Logs that nobody takes do not keep the pods, which the next run may wait for. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KeptLogs logs;
  private final EventWriter events;
  private final Clock clock;

  /** By the run's uid, since when its pods are to go. */
  private final Map<String, Instant> begun = new ConcurrentHashMap<>();

  /** Uids of runs whose pods may be removed. */
  private final Map<String, Instant> ready = new ConcurrentHashMap<>();

  KeptPods(KeptLogs logs, EventWriter events, Clock clock) {
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
  boolean makeWay(RunIdentity run, RunObjects objects) {
    if (ready.containsKey(run.uid())) {
      return true;
    }
    Instant now = clock.instant();
    Instant since = begun.computeIfAbsent(run.uid(), uid -> now);
    Optional<String> unkept = logs.keep(run, objects).map(Trouble::message);
    if (unkept.isPresent() && now.isBefore(since.plus(PATIENCE))) {
      return false;
    }
    ready.put(run.uid(), now);
    events.say(run, List.of(OverEvents.keptPodsRemoved(Names.index(run.name()), unkept)));
    return true;
  }
}

package bench.podium.controller;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long pods that are to end are waited for: one of a lost node, or one that nobody is allowed
 * to delete, may stand for ever, and the queue with it.
 */
final class Departures {

  /** Beyond the end of its grace period. */
  private static final Duration OVERDUE = Duration.ofSeconds(30);

  /** What Kubernetes takes where a pod says nothing. */
  private static final long DEFAULT_GRACE_SECONDS = 30;

  private final Clock clock;

  /** By a pod's uid, when it was first waited for. */
  private final Map<String, Instant> awaited = new ConcurrentHashMap<>();

  Departures(Clock clock) {
    this.clock = clock;
  }

  /**
   * Of a pod that is on its way out or was to be: its run is over, or not at work. One that nobody
   * has deleted has its grace period from when that was seen first.
   */
  boolean isOverdue(Pod pod) {
    return clock.instant().isAfter(end(pod).plus(OVERDUE));
  }

  private Instant end(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getDeletionTimestamp())
        .map(Instant::parse)
        .orElseGet(
            () ->
                awaited
                    .computeIfAbsent(pod.getMetadata().getUid(), uid -> clock.instant())
                    .plus(grace(pod)));
  }

  private static Duration grace(Pod pod) {
    return Duration.ofSeconds(
        Optional.ofNullable(pod.getSpec())
            .flatMap(spec -> Optional.ofNullable(spec.getTerminationGracePeriodSeconds()))
            .orElse(DEFAULT_GRACE_SECONDS));
  }
}

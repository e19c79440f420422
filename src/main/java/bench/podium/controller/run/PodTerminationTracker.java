package bench.podium.controller.run;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds how long the queue waits for terminating pods: a pod of a lost node, or one that cannot be
 * deleted, may exist forever.
 */
final class PodTerminationTracker {

  /** Time that a pod gets beyond its grace period. */
  private static final Duration OVERDUE_MARGIN = Duration.ofSeconds(30);

  /** Grace period that Kubernetes applies where the pod sets none. */
  private static final long DEFAULT_GRACE_SECONDS = 30;

  private final Clock clock;

  /** A pod that was not asked about for this long no longer exists. */
  private static final Duration FORGET_AFTER = Duration.ofDays(1);

  /**
   * @param since first time that the pod was waited for
   * @param askedAt last time that the pod was asked about
   */
  private record Awaited(Instant since, Instant askedAt) {}

  /** By pod uid. */
  private final Map<String, Awaited> awaited = new ConcurrentHashMap<>();

  PodTerminationTracker(Clock clock) {
    this.clock = clock;
  }

  /**
   * Whether a pod that is terminating, or should be, has exceeded its grace period. For a pod
   * without a deletion timestamp, the grace period starts when this was first asked.
   */
  boolean isOverdue(Pod pod) {
    Instant now = clock.instant();
    awaited.values().removeIf(each -> each.askedAt().plus(FORGET_AFTER).isBefore(now));
    return now.isAfter(end(pod, now).plus(OVERDUE_MARGIN));
  }

  private Instant end(Pod pod, Instant now) {
    return Optional.ofNullable(pod.getMetadata().getDeletionTimestamp())
        .map(Instant::parse)
        .orElseGet(
            () ->
                awaited
                    .merge(
                        pod.getMetadata().getUid(),
                        new Awaited(now, now),
                        (before, latest) -> new Awaited(before.since(), now))
                    .since()
                    .plus(grace(pod)));
  }

  private static Duration grace(Pod pod) {
    return Duration.ofSeconds(
        Optional.ofNullable(pod.getSpec())
            .flatMap(spec -> Optional.ofNullable(spec.getTerminationGracePeriodSeconds()))
            .orElse(DEFAULT_GRACE_SECONDS));
  }
}

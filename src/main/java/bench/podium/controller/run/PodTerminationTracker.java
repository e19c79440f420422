package bench.podium.controller.run;

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
final class PodTerminationTracker {

  /** Beyond the end of its grace period. */
  private static final Duration OVERDUE = Duration.ofSeconds(30);

  /** What Kubernetes takes where a pod says nothing. */
  private static final long DEFAULT_GRACE_SECONDS = 30;

  private final Clock clock;

  /** A pod that nobody has asked for as long is gone. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  /**
   * A pod that was waited for.
   *
   * @param since first
   * @param askedAt last
   */
  private record Awaited(Instant since, Instant askedAt) {}

  /** By a pod's uid. */
  private final Map<String, Awaited> awaited = new ConcurrentHashMap<>();

  PodTerminationTracker(Clock clock) {
    this.clock = clock;
  }

  /**
   * Of a pod that is on its way out or was to be: its run is over, or not at work. One that nobody
   * has deleted has its grace period from when that was seen first.
   */
  boolean isOverdue(Pod pod) {
    Instant now = clock.instant();
    awaited.values().removeIf(each -> each.askedAt().plus(REMEMBERED).isBefore(now));
    return now.isAfter(end(pod, now).plus(OVERDUE));
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
                        (before, asked) -> new Awaited(before.since(), now))
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

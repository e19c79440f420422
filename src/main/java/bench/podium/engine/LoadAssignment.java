package bench.podium.engine;

import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.Workload;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * The load that one worker is to apply in one attempt.
 *
 * @param worker index of this worker, from 0
 * @param workers how many workers the step has
 * @param target scheme, host and port
 * @param load of this worker
 * @param warmup may be zero
 * @param duration of the measured part
 * @param sequence the numbers of {@code seq} placeholders
 */
public record LoadAssignment(
    int worker,
    int workers,
    Workload workload,
    URI target,
    LoadShare load,
    int threads,
    Duration timeout,
    Duration warmup,
    Duration duration,
    SequenceNumbers sequence) {

  /** Between the end of the warm-up and the measured part: connections close, new ones open. */
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /** What a process may take beyond its load and the last reply. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** Another load of a single thread, which no other worker shares. */
  public LoadAssignment alone(LoadShare other) {
    return new LoadAssignment(
        0, 1, workload, target, other, 1, timeout, warmup, duration, sequence.ofProbe());
  }

  /** When the measured part begins: T0, or a second after the warm-up. */
  public Instant measuredFrom(Instant t0) {
    return measuredFrom(t0, warmup);
  }

  /** The same for a load that was not ordered yet. */
  public static Instant measuredFrom(Instant t0, Duration warmup) {
    return warmup.isZero() ? t0 : t0.plus(warmup).plus(BETWEEN);
  }

  /** When all processes must be over. */
  public Instant endsBefore(Instant t0) {
    return endsBefore(t0, warmup, duration, timeout);
  }

  /** The same for a load that was not ordered yet. */
  public static Instant endsBefore(
      Instant t0, Duration warmup, Duration duration, Duration timeout) {
    return t0.plus(warmup).plus(BETWEEN).plus(duration).plus(timeout).plus(GRACE);
  }
}

package bench.podium.engine;

import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.Workload;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * The load that one worker applies in one attempt.
 *
 * @param worker index of this worker, from 0
 * @param workers how many workers the step has
 * @param target base URL: scheme, host and port
 * @param load share of this worker
 * @param timeout of a request
 * @param warmup length of the warm-up; zero for none
 * @param duration length of the measured part
 * @param sequence numbers for the {@code seq} placeholders
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

  /** Between warm-up and measured part, to close the connections and open new ones. */
  private static final Duration WARMUP_GAP = Duration.ofSeconds(1);

  /** How long a process may run after its load and the last timeout. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** The same assignment for a probe: one thread, and not shared with other workers. */
  public LoadAssignment forProbe(LoadShare probe) {
    return new LoadAssignment(
        0, 1, workload, target, probe, 1, timeout, warmup, duration, sequence.ofProbe());
  }

  /** Start of the measured part: T0, or one second after the end of the warm-up. */
  public Instant measuredFrom(Instant t0) {
    return measuredFrom(t0, warmup);
  }

  /** Start of the measured part for a load that has no assignment yet. */
  public static Instant measuredFrom(Instant t0, Duration warmup) {
    return warmup.isZero() ? t0 : t0.plus(warmup).plus(WARMUP_GAP);
  }

  /** The time by which all processes must have ended. */
  public Instant endsBefore(Instant t0) {
    return endsBefore(t0, warmup, duration, timeout);
  }

  /** The time by which all processes of a load without an assignment must have ended. */
  public static Instant endsBefore(
      Instant t0, Duration warmup, Duration duration, Duration timeout) {
    return t0.plus(warmup).plus(WARMUP_GAP).plus(duration).plus(timeout).plus(GRACE);
  }
}

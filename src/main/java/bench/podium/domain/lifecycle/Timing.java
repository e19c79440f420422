package bench.podium.domain.lifecycle;

import bench.podium.domain.observation.Problem;
import bench.podium.domain.plan.LoadPlan;
import bench.podium.domain.plan.Step;
import java.time.Duration;

/**
 * The timeouts and intervals of a run's sequences. The values were measured; docs/decisions has the
 * reasons.
 */
public final class Timing {

  /** From the scheduling of an attempt to its T0: time for the command to reach every pod. */
  static final Duration LEAD = Duration.ofMillis(2500);

  /** Minimum timeout for the first report of new workers. */
  static final Duration FIRST_REPORT = Duration.ofSeconds(5);

  /** Added for each worker: start-ups of workers that share two cores take turns. */
  static final Duration FIRST_REPORT_PER_WORKER = Duration.ofMillis(500);

  /** Number of workers that can be armed for the first time without a longer lead. */
  static final int WORKERS_WITHOUT_EXTRA_LEAD = 4;

  static final Duration EXTRA_LEAD_PER_WORKER = Duration.ofMillis(125);

  /** The lead doubles with each attempt that was not armed in time, up to this. */
  static final Duration LEAD_MAX = Duration.ofSeconds(20);

  /** A command that has no effect after this is sent again. */
  static final Duration RESEND_INTERVAL = Duration.ofMillis(400);

  /** If not all workers are armed this long before T0, the attempt is aborted. */
  static final Duration ARMED_BEFORE_T0 = Duration.ofMillis(300);

  /** Between warm-up and measured part: time for the warm-up's connections to close. */
  static final Duration WARMUP_GAP = Duration.ofSeconds(1);

  /**
   * From an engine's expected end, timeout included, until its worker kills it, plus an allowance
   * for clock differences.
   */
  static final Duration ENGINE_GRACE = Duration.ofSeconds(6);

  /**
   * How long a run that finishes or is suspended waits for the counts of its last attempt. It can
   * be short, because its load cannot disturb another attempt.
   */
  static final Duration FINAL_COUNT_TIMEOUT = Duration.ofSeconds(3);

  /** This long after T0 a worker that was not armed reports that before anything else. */
  static final Duration LATE_REPORT_DELAY = Duration.ofSeconds(1);

  /**
   * Counts of workers are written to the status this long after the termination, as the workers'
   * logs may become unavailable.
   */
  static final Duration COUNT_WRITE_DELAY = Duration.ofSeconds(1);

  /** From the engines' expected end, timeout included, for the results to arrive. */
  static final Duration RESULT_GRACE = Duration.ofSeconds(10);

  /**
   * If connections broke, how long after the engines' end Kubernetes shows whether the target
   * terminated.
   */
  static final Duration RESTART_VISIBLE_AFTER = Duration.ofSeconds(5);

  /**
   * If connections broke, a sample proves that the target survived only if it was taken this long
   * after the engines' end: the clocks of two nodes differ by less.
   */
  static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofSeconds(1);

  /** Between two requests for a result, and after the last one. */
  static final Duration RESULT_REQUEST_INTERVAL = Duration.ofSeconds(3);

  /** How often a missing result is requested before the worker counts as missing. */
  static final int MAX_RESULT_REQUESTS = 2;

  /**
   * The same for a worker of which this operator has read no message: it may have just started to
   * read a log that contains the result.
   */
  static final int MAX_RESULT_REQUESTS_UNREAD = 10;

  /**
   * The same for a worker that is alive and has not answered: the request has not reached it. A
   * kubelet that lost the API server may take up to a minute to reconnect.
   */
  static final int MAX_RESULT_REQUESTS_UNANSWERED = 30;

  /** How long after the end of a step the last samples of the target arrive unrequested. */
  static final Duration SAMPLES_VISIBLE_AFTER = Duration.ofMillis(1500);

  /** Between two checks for these samples. */
  static final Duration SAMPLES_POLL_INTERVAL = Duration.ofMillis(200);

  /** How often missing samples are requested, each time after {@link #RESEND_INTERVAL}. */
  static final int MAX_SAMPLE_REQUESTS = 8;

  /** A worker sends a heartbeat every 2 s: one with a message within this time is alive. */
  static final Duration RECENT = Duration.ofSeconds(6);

  /** Between two checks of something that a watch event announces anyway. */
  static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  /** How long a pod's final message is awaited after the command to finish. */
  static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(3);

  /**
   * How long after the end of a run the command to finish is retried, where it could not be sent.
   */
  static final Duration SHUTDOWN_RETRY_FOR = Duration.ofHours(1);

  /**
   * How long to wait for pods that Kubernetes rejects: terminating pods may occupy a quota for a
   * moment, but an admission rule does not change by itself.
   */
  static final Duration FORBIDDEN_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Added to the start timeout of workers after a lost generation, so that the reason of the loss
   * can be reported.
   */
  static final Duration LOSS_REPORT_GRACE = Duration.ofSeconds(4);

  private Timing() {}

  /** How long a start that is prevented by this problem is retried. */
  static Duration timeout(Problem problem, Duration startTimeout) {
    boolean refused =
        problem.kind() == Problem.Kind.FORBIDDEN || problem.kind() == Problem.Kind.INVALID;
    return refused && FORBIDDEN_TIMEOUT.compareTo(startTimeout) < 0
        ? FORBIDDEN_TIMEOUT
        : startTimeout;
  }

  /** From T0 to the engines' expected end. */
  static Duration load(LoadPlan load, Step step) {
    Duration warmup = load.warmup().isZero() ? Duration.ZERO : load.warmup().plus(WARMUP_GAP);
    return warmup.plus(step.stage().duration());
  }

  /**
   * From T0 until the load has ended even in a worker that cannot be reached: by then the worker
   * has killed its engine, unless its clock is further off than allowed.
   */
  static Duration maxLoadDuration(LoadPlan load, Step step) {
    return load(load, step).plus(load.timeout()).plus(ENGINE_GRACE);
  }

  /** From T0 until a missing result is requested. */
  static Duration resultTimeout(LoadPlan load, Step step) {
    return load(load, step).plus(load.timeout()).plus(RESULT_GRACE);
  }

  /**
   * Timeout for the first report of all workers. Afterwards the attempt is scheduled: the remaining
   * ones may still be armed.
   *
   * @param startTimeout limits the result to half of it, but not below {@link #FIRST_REPORT}
   */
  static Duration firstReportTimeout(int workers, Duration startTimeout) {
    Duration needed = FIRST_REPORT.plus(FIRST_REPORT_PER_WORKER.multipliedBy(workers));
    Duration half = startTimeout.dividedBy(2);
    Duration max = half.compareTo(FIRST_REPORT) < 0 ? FIRST_REPORT : half;
    return needed.compareTo(max) < 0 ? needed : max;
  }

  /**
   * Added to the lead of workers that were never armed: the kubelet is still busy starting them,
   * and each loads its engine for the first time.
   */
  static Duration extraLead(int workers) {
    return EXTRA_LEAD_PER_WORKER.multipliedBy(Math.max(0, workers - WORKERS_WITHOUT_EXTRA_LEAD));
  }

  private static Duration lead(int abortedAttempts, Duration extra) {
    Duration whole = LEAD.multipliedBy(1L << Math.min(abortedAttempts, 3)).plus(extra);
    return whole.compareTo(LEAD_MAX) < 0 ? whole : LEAD_MAX;
  }

  /**
   * The lead of the next attempt. It is shortened so that a step that cannot be armed ends soon
   * after its timeout.
   *
   * @param extra addition to the lead of workers that were never armed
   * @param left rest of the time for arming. If it is not positive, no operator was running before,
   *     and the lead is not shortened
   */
  static Duration lead(int abortedAttempts, Duration extra, Duration left) {
    Duration whole = lead(abortedAttempts, extra);
    if (!left.isPositive() || whole.compareTo(left) <= 0) {
      return whole;
    }
    return left.compareTo(LEAD) < 0 ? LEAD : left;
  }

  /** Pause before the next generation of workers: 0, 1, 2, 4, 8, 16, then 20 s. */
  static Duration loadBackoff(int lostGenerations) {
    return lostGenerations <= 1
        ? Duration.ZERO
        : Duration.ofSeconds(Math.min(20, 1L << Math.min(lostGenerations - 2, 5)));
  }
}

package bench.podium.domain.lifecycle;

import bench.podium.domain.observation.Problem;
import bench.podium.domain.plan.LoadPlan;
import bench.podium.domain.plan.Step;
import java.time.Duration;

/** The bounds and pauses of a run's sequences. Measured; the reasons are in docs/decisions. */
public final class Timing {

  /** From an decision to schedule to its T0: room for a command to reach every pod. */
  static final Duration LEAD = Duration.ofMillis(2500);

  /** How long new workers are waited for to say a word, from when they are awaited: at least. */
  static final Duration FIRST_REPORT = Duration.ofSeconds(5);

  /** The starts of workers that share two cores add up. */
  static final Duration FIRST_REPORT_EACH = Duration.ofMillis(500);

  /** What a worker needs more where many arm for the first time: of each beyond this many. */
  static final int FIRST_LEAD_FOR = 4;

  static final Duration FIRST_LEAD_EACH = Duration.ofMillis(125);

  /** The lead doubles with each attempt that did not arm, up to this. */
  static final Duration LEAD_MAX = Duration.ofSeconds(20);

  /** Whoever has not armed after this gets another patch. */
  static final Duration RESEND_INTERVAL = Duration.ofMillis(400);

  /** Not all armed this long before T0: the attempt is aborted. */
  static final Duration ARMED_BEFORE_T0 = Duration.ofMillis(300);

  /** Between warm-up and measured part: the warm-up's connections close. */
  static final Duration WARMUP_GAP = Duration.ofSeconds(1);

  /**
   * After an engine's own end and timeout, until its worker kills it; and for clocks that differ.
   */
  static final Duration ENGINE_GRACE = Duration.ofSeconds(6);

  /**
   * How long a run that ends or pauses waits to hear what its last attempt sent: nothing follows
   * that its load could disturb.
   */
  static final Duration LAST_COUNT = Duration.ofSeconds(3);

  /** A worker that has not armed this long after T0 says so first, if it says anything. */
  static final Duration LATE_IS_SAID = Duration.ofSeconds(1);

  /** What a worker said that may soon be gone is written down after this time. */
  static final Duration NOTED_AFTER = Duration.ofSeconds(1);

  /** After the engines' own end and timeout, for the results to arrive. */
  static final Duration RESULT_GRACE = Duration.ofSeconds(10);

  /**
   * After the engines' end, where connections broke: for Kubernetes to say whether the target went
   * with them.
   */
  static final Duration RESTART_SHOWS = Duration.ofSeconds(5);

  /**
   * Where connections broke, a sample shows that the target lived on only if it was taken this long
   * after the engines' end: the clocks of two nodes differ by less.
   */
  static final Duration CLOCKS_DIFFER = Duration.ofSeconds(1);

  /** Between two askings for a result, and after the last. */
  static final Duration ASK_AGAIN = Duration.ofSeconds(3);

  /** How often a missing result is asked for before the pod counts as missing. */
  static final int ASKS = 2;

  /**
   * The same for a pod of which this operator has not read a word: it may only just have begun to
   * read, and what it looks for stand there.
   */
  static final int ASKS_UNHEARD = 10;

  /**
   * The same for a pod that lives and has not answered at all: the asking has not reached it. A
   * kubelet that lost the API server for a while looks again after up to a minute.
   */
  static final int ASKS_HEARD = 30;

  /** After a step's end, for the last samples of the target to arrive by themselves. */
  static final Duration SAMPLES_SHOW = Duration.ofMillis(1500);

  /** Between two looks for them. */
  static final Duration SAMPLES_POLL_INTERVAL = Duration.ofMillis(200);

  /** How often missing samples are asked for, each time after {@link #RESEND_INTERVAL}. */
  static final int ASKS_SAMPLES = 8;

  /** A pod says that it is alive every 2 s: one that was heard within this lives. */
  static final Duration RECENT = Duration.ofSeconds(6);

  /** Between two looks at something that an event announces anyway. */
  static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  /** How long a pod's last line is awaited after {@code finish}. */
  static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(3);

  /** How long after a run's end its pods are still told so, where that has not worked before. */
  static final Duration SHUTDOWN_RETRY_FOR = Duration.ofHours(1);

  /**
   * How long pods are waited for that Kubernetes must not make: a quota may be held for a moment
   * more by pods that go, and a rule does not change by itself.
   */
  static final Duration FORBIDDEN = Duration.ofSeconds(5);

  /** Beyond the bound, for workers of which earlier ones were lost. */
  static final Duration SAYS_WHY = Duration.ofSeconds(4);

  private Timing() {}

  /** How long a start may be hindered by this before it is given up. */
  static Duration timeout(Problem problem, Duration startTimeout) {
    boolean refused =
        problem.kind() == Problem.Kind.FORBIDDEN || problem.kind() == Problem.Kind.INVALID;
    return refused && FORBIDDEN.compareTo(startTimeout) < 0 ? FORBIDDEN : startTimeout;
  }

  /** From T0 to the engines' end. */
  static Duration load(LoadPlan load, Step step) {
    Duration warmup = load.warmup().isZero() ? Duration.ZERO : load.warmup().plus(WARMUP_GAP);
    return warmup.plus(step.stage().duration());
  }

  /**
   * From T0 until the load is over even in a worker that nobody can reach: by then it has killed
   * its engine itself, wherever its clock is not further off than clocks may be.
   */
  static Duration loadOver(LoadPlan load, Step step) {
    return load(load, step).plus(load.timeout()).plus(ENGINE_GRACE);
  }

  /** From T0 until a result that is not there must be asked for. */
  static Duration resultBound(LoadPlan load, Step step) {
    return load(load, step).plus(load.timeout()).plus(RESULT_GRACE);
  }

  /**
   * How long so many workers are waited for to say a word. They are not given up then: they may
   * still arm.
   *
   * @param startTimeout of which no more than half is waited, where that is long
   */
  static Duration firstReport(int workers, Duration startTimeout) {
    Duration needed = FIRST_REPORT.plus(FIRST_REPORT_EACH.multipliedBy(workers));
    Duration half = startTimeout.dividedBy(2);
    Duration most = half.compareTo(FIRST_REPORT) < 0 ? FIRST_REPORT : half;
    return needed.compareTo(most) < 0 ? needed : most;
  }

  /**
   * What is added to the lead of so many workers that have never armed: the kubelet still has their
   * starts to do, and each loads its engine for the first time.
   */
  static Duration firstLead(int workers) {
    return FIRST_LEAD_EACH.multipliedBy(Math.max(0, workers - FIRST_LEAD_FOR));
  }

  private static Duration lead(int abortedAttempts, Duration first) {
    Duration whole = LEAD.multipliedBy(1L << Math.min(abortedAttempts, 3)).plus(first);
    return whole.compareTo(LEAD_MAX) < 0 ? whole : LEAD_MAX;
  }

  /**
   * A step that does not arm ends soon after its bound, and not a long lead later.
   *
   * @param first what workers need more that have never armed
   * @param left of the time for arming; where nothing is left, only an operator that was away
   *     schedules, and its lead is whole
   */
  static Duration lead(int abortedAttempts, Duration first, Duration left) {
    Duration whole = lead(abortedAttempts, first);
    if (!left.isPositive() || whole.compareTo(left) <= 0) {
      return whole;
    }
    return left.compareTo(LEAD) < 0 ? LEAD : left;
  }

  /** Pause before the next generation of the load: 0, 1, 2, 4, at most 20 s. */
  static Duration loadBackoff(int lostGenerations) {
    return lostGenerations <= 1
        ? Duration.ZERO
        : Duration.ofSeconds(Math.min(20, 1L << Math.min(lostGenerations - 2, 5)));
  }
}

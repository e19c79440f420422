package bench.podium.domain.lifecycle;

import bench.podium.domain.plan.LoadPlan;
import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import bench.podium.domain.plan.Workload;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An upper bound of the numbers of {@code seq} placeholders that an attempt may have used. Each
 * thread takes every n-th number, so that the highest belongs to the thread that sent most.
 */
final class SequenceNumberBound {

  /**
   * More than a thread of any engine can send: the bound where a worker did not report its number.
   */
  static final long MAX_REQUESTS_PER_THREAD_AND_SECOND = 1_000_000;

  /** The stride of a thread is (kinds of load) x workers x threads. */
  private static final int LOAD_KINDS = 4;

  /** How far a schedule may exceed its stage, through rounding and its phases. */
  private static final Duration SCHEDULE_SLACK = Duration.ofSeconds(2);

  private final RunPlan plan;
  private final Step step;

  SequenceNumberBound(RunPlan plan, Step step) {
    this.plan = plan;
    this.step = step;
  }

  /**
   * The first number that an attempt that began with {@code first} cannot have used.
   *
   * @param sent number of requests of each worker, warm-up included; absent where it did not report
   *     it
   */
  long after(long first, Stream<Optional<Long>> sent) {
    if (plan.workload().requests().stream().noneMatch(Workload.Request::drawsNumber)) {
      return first;
    }
    long drawn = sent.mapToLong(this::drawn).max().orElse(0);
    LoadPlan load = plan.load();
    return first + drawn * LOAD_KINDS * load.workers() * load.threads();
  }

  /**
   * Numbers that were drawn but never sent may be used again: hence 0 for a worker that sent
   * nothing.
   */
  private long drawn(Optional<Long> sent) {
    return sent.map(count -> count == 0 ? 0 : drawnBy(count)).orElseGet(this::maxDrawn);
  }

  /**
   * Requests may be prepared and not sent. In a closed load that is one per connection and thread
   * in each phase. In an open load each scheduled request draws a number, whether it finds a
   * connection or not, so that the number of sent requests is no bound.
   */
  private long drawnBy(long sent) {
    return switch (step.stage().load().share(plan.load().workers())) {
      case LoadShare.Connections(int count) -> sent + count + plan.load().threads();
      case LoadShare.Rate(int from, int to) -> Math.max(sent, maxScheduled(Math.max(from, to)));
    };
  }

  /**
   * Number of scheduled requests of all workers: no single worker has more.
   *
   * @param rate maximum requests per second
   */
  private long maxScheduled(long rate) {
    Duration load = Timing.load(plan.load(), step).plus(SCHEDULE_SLACK);
    return rate * (load.toSeconds() + 1) + plan.load().threads();
  }

  private long maxDrawn() {
    Duration load = Timing.maxLoadDuration(plan.load(), step).plus(Duration.ofSeconds(1));
    return MAX_REQUESTS_PER_THREAD_AND_SECOND * load.toSeconds();
  }
}

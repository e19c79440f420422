package bench.podium.domain.lifecycle;

import bench.podium.domain.plan.LoadPlan;
import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.RequestTemplate;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import bench.podium.domain.plan.Workload;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which numbers of {@code seq} placeholders an attempt may have used. A thread takes every n-th
 * number, so that the furthest is that of the thread that sent most.
 */
final class SequenceNumberBound {

  /** More than a thread of any engine sends: the bound where a worker did not say what it sent. */
  static final long MAX_REQUESTS_PER_THREAD_AND_SECOND = 1_000_000;

  /** Threads take numbers by turns of (kinds of load) x workers x threads. */
  private static final int KINDS = 4;

  /** By which a schedule may reach beyond its stage, by rounding and by its phases. */
  private static final Duration SCHEDULE_SLACK = Duration.ofSeconds(2);

  private final RunPlan plan;
  private final Step step;

  SequenceNumberBound(RunPlan plan, Step step) {
    this.plan = plan;
    this.step = step;
  }

  /**
   * The first number above all that an attempt used that began with {@code first}.
   *
   * @param sent by each worker, warm-up included; absent where it did not say so
   */
  long after(long first, Stream<Optional<Long>> sent) {
    long uses =
        plan.workload().requests().stream().mapToLong(SequenceNumberBound::uses).max().orElse(0);
    long drawn = sent.mapToLong(this::drawn).max().orElse(0);
    LoadPlan load = plan.load();
    return first + drawn * uses * KINDS * load.workers() * load.threads();
  }

  /** A worker that sent nothing may have drawn numbers, which nobody has seen. */
  private long drawn(Optional<Long> sent) {
    return sent.map(count -> count == 0 ? 0 : drawnBy(count)).orElseGet(this::most);
  }

  /**
   * Requests may be made and not sent. In a closed load that is one of each connection and thread
   * in each phase. In an open load each hit of the schedule draws, whether it finds a connection or
   * not, so that what was sent says nothing of them.
   */
  private long drawnBy(long sent) {
    return switch (step.stage().load().share(plan.load().workers())) {
      case LoadShare.Connections(int count) -> sent + count + plan.load().threads();
      case LoadShare.Rate(int from, int to) -> Math.max(sent, planned(Math.max(from, to)));
    };
  }

  /**
   * Of all workers together: no one of them has more.
   *
   * @param rate a second, at its highest
   */
  private long planned(long rate) {
    Duration load = Timing.load(plan.load(), step).plus(SCHEDULE_SLACK);
    return rate * (load.toSeconds() + 1) + plan.load().threads();
  }

  private long most() {
    Duration load = Timing.loadOver(plan.load(), step).plus(Duration.ofSeconds(1));
    return MAX_REQUESTS_PER_THREAD_AND_SECOND * load.toSeconds();
  }

  private static long uses(Workload.Request request) {
    return uses(request.path()) + uses(request.body());
  }

  private static long uses(RequestTemplate template) {
    return template.parts().stream().filter(RequestTemplate.Sequence.class::isInstance).count();
  }
}

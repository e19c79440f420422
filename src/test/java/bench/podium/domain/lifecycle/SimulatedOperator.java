package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.plan.RunPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Runs the operator's loop: observe, decide, carry out the actions in order, wait. Its only state
 * outside the cluster is how much of the pods' logs it has read, which is lost when it crashes.
 */
final class SimulatedOperator {

  private static final int MAX_TURNS = 20_000;
  private static final int MAX_TURNS_AT_ONCE = 20;
  private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(5);

  private final RunPlan plan;
  private final VirtualTime time;
  private final SimulatedCluster cluster;
  private final Instant startedAt;
  private final List<RunAction> actions = new ArrayList<>();
  private Instant attached;
  private IntPredicate crashesBefore = action -> false;
  private Duration restartDelay = Duration.ofSeconds(2);
  private Consumer<RunObservation> onObservation = observed -> {};
  private Consumer<RunAction> onAction = action -> {};

  SimulatedOperator(RunPlan plan, long seed) {
    this.plan = plan;
    this.time = new VirtualTime(seed);
    this.cluster = new SimulatedCluster(plan, time);
    this.startedAt = time.now();
    this.attached = time.now();
  }

  SimulatedCluster cluster() {
    return cluster;
  }

  VirtualTime time() {
    return time;
  }

  /** All actions that it has carried out, in order and without waits. */
  List<RunAction> actions() {
    return actions;
  }

  <D extends RunAction> List<D> actions(Class<D> kind) {
    return actions.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /**
   * Lets it crash before these actions, counted from 0 over all restarts, and restart after this
   * time.
   */
  SimulatedOperator crashing(IntPredicate beforeAction, Duration downtime) {
    crashesBefore = beforeAction;
    restartDelay = downtime;
    return this;
  }

  /** Adds a reaction to each observation, before the decision. */
  SimulatedOperator onObservation(Consumer<RunObservation> reaction) {
    onObservation = onObservation.andThen(reaction);
    return this;
  }

  /** Adds a reaction to each action. */
  SimulatedOperator on(Consumer<RunAction> reaction) {
    onAction = onAction.andThen(reaction);
    return this;
  }

  /** Adds a reaction to the first action of this type. */
  void once(Class<? extends RunAction> action, Runnable act) {
    AtomicInteger times = new AtomicInteger();
    on(
        decision -> {
          if (action.isInstance(decision) && times.getAndIncrement() == 0) {
            act.run();
          }
        });
  }

  /** Adds an event three seconds after the first T0 of this step. */
  void afterT0Of(int step, Runnable act) {
    AtomicInteger times = new AtomicInteger();
    on(
        decision -> {
          if (decision instanceof RunAction.ScheduleAttempt(Progress next)
              && next.step() == step
              && times.getAndIncrement() == 0) {
            time.at(next.t0().orElseThrow().plusSeconds(3), act);
          }
        });
  }

  /** Runs until the run is finished; a run that does not finish fails the test. */
  RunAction.FinishRun runToEnd() {
    int atOnce = 0;
    for (int turn = 0; turn < MAX_TURNS; turn++) {
      Instant before = time.now();
      turn();
      if (cluster.finished.isPresent()) {
        cluster.loads().check();
        return cluster.finished.get();
      }
      atOnce = time.now().isAfter(before) ? 0 : atOnce + 1;
      assertThat(atOnce).as("turns without a wait: %s", last()).isLessThan(MAX_TURNS_AT_ONCE);
    }
    throw new AssertionError("no end after %s: %s".formatted(time.now(), last()));
  }

  private List<RunAction> last() {
    return actions.subList(Math.max(0, actions.size() - 12), actions.size());
  }

  private void turn() {
    RunObservation observed = cluster.observed(attached);
    onObservation.accept(observed);
    List<RunAction> decisions =
        new RunSequence(plan, startedAt).decide(cluster.progress, observed, time.now());
    check(decisions);
    for (RunAction decision : decisions) {
      if (decision instanceof RunAction.Await(Duration atMost, String what)) {
        time.moveToNextEvent(shorter(atMost, MAX_POLL_INTERVAL));
        return;
      }
      if (crashesBefore.test(actions.size())) {
        actions.add(decision);
        time.moveTo(time.now().plus(restartDelay));
        attached = time.now();
        return;
      }
      actions.add(decision);
      cluster.carryOut(decision);
      onAction.accept(decision);
    }
  }

  private void check(List<RunAction> decisions) {
    assertThat(decisions).isNotEmpty();
    assertThat(decisions.subList(0, decisions.size() - 1))
        .as("actions before the only wait or write")
        .noneMatch(RunAction.Await.class::isInstance)
        .noneMatch(RunAction.Write.class::isInstance);
    Duration left = timeLeft();
    if (decisions.getLast() instanceof RunAction.Await(Duration atMost, String what)) {
      assertThat(atMost).as(what).isPositive();
      if (cluster.progress.ending().isEmpty()) {
        assertThat(atMost).as(what).isLessThanOrEqualTo(left);
      }
      boolean pastT0 =
          cluster
              .progress
              .t0()
              .filter(t0 -> now().isBefore(t0) && now().plus(atMost).isAfter(t0))
              .isPresent();
      assertThat(pastT0 && atMost.compareTo(Timing.POLL_INTERVAL) > 0)
          .as("T0 is what time alone brings: %s", decisions)
          .isFalse();
    }
  }

  private Duration timeLeft() {
    Suspension pause = cluster.progress.pause();
    return pause.isOn()
        ? MAX_POLL_INTERVAL
        : Duration.between(now(), startedAt.plus(plan.deadline()).plus(pause.before()));
  }

  private Instant now() {
    return time.now();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.evaluation.AttemptRecord.Outcome;
import bench.podium.domain.plan.AttemptId;
import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The requests that the workers really sent, and what the run has recorded of them. */
final class SimulatedLoads {

  private static final Duration EACH_REQUEST = Duration.ofMillis(10);

  private final RunPlan plan;
  private final List<WorkerLoad> loads = new ArrayList<>();
  private final Map<AttemptKey, Optional<Long>> written = new TreeMap<>();
  private final Map<AttemptKey, Outcome> outcomes = new TreeMap<>();

  /**
   * Identifies an attempt: a step that is measured again uses the same numbers in another
   * generation.
   */
  private record AttemptKey(int generation, AttemptId attempt) implements Comparable<AttemptKey> {
    @Override
    public int compareTo(AttemptKey other) {
      int order = Integer.compare(generation, other.generation);
      return order == 0 ? attempt.compareTo(other.attempt) : order;
    }
  }

  /** The load of one worker in an attempt. */
  static final class WorkerLoad {

    private final AttemptKey key;
    private final String target;
    private final long firstSequence;
    private final Instant from;
    private Instant until;

    private WorkerLoad(
        AttemptKey key, String target, long firstSequence, Instant from, Instant until) {
      this.key = key;
      this.target = target;
      this.firstSequence = firstSequence;
      this.from = from;
      this.until = until;
    }

    Instant until() {
      return until;
    }

    /** Ends the load at this time, if it has not ended before. */
    void endAt(Instant at) {
      until = at.isBefore(until) ? at : until;
    }

    long sent() {
      return Duration.between(from, until).dividedBy(EACH_REQUEST) + 1;
    }
  }

  SimulatedLoads(RunPlan plan) {
    this.plan = plan;
  }

  WorkerLoad begin(
      int generation, AttemptId attempt, long firstSequence, Instant from, Instant until) {
    Step step = plan.steps().get(attempt.step());
    WorkerLoad load =
        new WorkerLoad(
            new AttemptKey(generation, attempt), step.target(), firstSequence, from, until);
    loads.add(load);
    return load;
  }

  /** Takes down what the run writes with this change of its progress. */
  void written(Progress before, Progress after) {
    Optional<AttemptTermination> ending = before.ending();
    if (ending.isPresent() && after.ending().isEmpty()) {
      AttemptRecord record = after.attempt().history().last().getLast();
      put(ending.get().generation(), before.attemptId(), record.outcome(), record.sent());
    }
  }

  void recorded(Progress progress) {
    put(progress.load().number(), progress.attemptId(), Outcome.RECORDED, Optional.empty());
  }

  private void put(int generation, AttemptId attempt, Outcome outcome, Optional<Long> sent) {
    AttemptKey key = new AttemptKey(generation, attempt);
    // An attempt whose entry is deleted before the run moves on is terminated after all.
    assertThat(outcomes.getOrDefault(key, Outcome.RECORDED))
        .as("written twice: %s", key)
        .isEqualTo(Outcome.RECORDED);
    outcomes.put(key, outcome);
    written.put(key, sent);
  }

  /** Called before the next attempt is scheduled. */
  void assertNoneIsRunning(Instant now) {
    assertThat(loads)
        .as("loads that are on at %s", now)
        .noneMatch(load -> now.isBefore(load.until));
  }

  long aborted() {
    return outcomes.values().stream().filter(Outcome.ABORTED::equals).count();
  }

  /** Checks the invariants that hold after any fault. */
  void check() {
    Map<AttemptKey, Long> sent =
        loads.stream()
            .collect(
                Collectors.groupingBy(
                    load -> load.key, TreeMap::new, Collectors.summingLong(WorkerLoad::sent)));
    assertThat(outcomes.keySet()).as("attempts that sent are written").containsAll(sent.keySet());
    outcomes.forEach(
        (key, outcome) -> {
          long really = sent.getOrDefault(key, 0L);
          if (outcome == Outcome.ABORTED) {
            assertThat(really).as("sent in the aborted %s", key).isZero();
          }
          written
              .get(key)
              .ifPresent(recorded -> assertThat(recorded).as("sent in %s", key).isEqualTo(really));
        });
    assertNoOverlap();
    assertNumbersAreUnique();
  }

  @Override
  public String toString() {
    return outcomes + ", recorded " + written;
  }

  private void assertNoOverlap() {
    for (WorkerLoad one : loads) {
      assertThat(loads)
          .as(
              "loads concurrent with %s of %s from %s to %s",
              one.key, one.target, one.from, one.until)
          .noneMatch(
              other ->
                  !other.key.equals(one.key)
                      && other.target.equals(one.target)
                      && other.from.isBefore(one.until)
                      && one.from.isBefore(other.until));
    }
  }

  /** The numbers of each attempt are greater than all that earlier attempts may have used. */
  private void assertNumbersAreUnique() {
    long next = 1;
    for (WorkerLoad load :
        loads.stream().sorted(java.util.Comparator.comparing(p -> p.from)).toList()) {
      boolean begins =
          loads.stream().noneMatch(p -> p.key.equals(load.key) && p.from.isBefore(load.from));
      if (begins && load == firstOf(load.key)) {
        assertThat(load.firstSequence)
            .as("first number of %s", load.key)
            .isGreaterThanOrEqualTo(next);
      }
      next = Math.max(next, load.firstSequence + used(load));
    }
  }

  private WorkerLoad firstOf(AttemptKey key) {
    return loads.stream()
        .filter(load -> load.key.equals(key))
        .min(java.util.Comparator.comparing(load -> load.from))
        .orElseThrow();
  }

  /** If one thread sends all requests, and draws an unused number for each connection. */
  private long used(WorkerLoad load) {
    int workers = plan.load().workers();
    LoadShare share = plan.steps().get(load.key.attempt().step()).stage().load().share(workers);
    long connections = ((LoadShare.Connections) share).count();
    return (load.sent() + connections) * 4 * workers * plan.load().threads();
  }
}

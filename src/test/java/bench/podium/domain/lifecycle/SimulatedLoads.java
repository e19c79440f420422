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

/** What the workers really sent, apart from what they say, and what the run has written of it. */
final class SimulatedLoads {

  private static final Duration EACH_REQUEST = Duration.ofMillis(10);

  private final RunPlan plan;
  private final List<Part> parts = new ArrayList<>();
  private final Map<Whole, Optional<Long>> written = new TreeMap<>();
  private final Map<Whole, Outcome> outcomes = new TreeMap<>();

  /** An attempt: of a step that is repeated, the next generation's is another. */
  private record Whole(int generation, AttemptId attempt) implements Comparable<Whole> {
    @Override
    public int compareTo(Whole other) {
      int order = Integer.compare(generation, other.generation);
      return order == 0 ? attempt.compareTo(other.attempt) : order;
    }
  }

  /** One pod's part in an attempt. */
  static final class Part {

    private final Whole whole;
    private final String target;
    private final long firstSequence;
    private final Instant from;
    private Instant until;

    private Part(Whole whole, String target, long firstSequence, Instant from, Instant until) {
      this.whole = whole;
      this.target = target;
      this.firstSequence = firstSequence;
      this.from = from;
      this.until = until;
    }

    Instant until() {
      return until;
    }

    /** It sends nothing from then on. */
    void cut(Instant at) {
      until = at.isBefore(until) ? at : until;
    }

    long sent() {
      return Duration.between(from, until).dividedBy(EACH_REQUEST) + 1;
    }
  }

  SimulatedLoads(RunPlan plan) {
    this.plan = plan;
  }

  Part begin(int generation, AttemptId attempt, long firstSequence, Instant from, Instant until) {
    Step step = plan.steps().get(attempt.step());
    Part part = new Part(new Whole(generation, attempt), step.target(), firstSequence, from, until);
    parts.add(part);
    return part;
  }

  /** What the run writes of it as its own record changes. */
  void written(Progress before, Progress after) {
    Optional<AttemptTermination> ending = before.ending();
    if (ending.isPresent() && after.ending().isEmpty()) {
      AttemptRecord record = after.atHand().history().last().getLast();
      put(ending.get().generation(), before.current(), record.outcome(), record.sent());
    }
  }

  void recorded(Progress progress) {
    put(progress.load().number(), progress.current(), Outcome.RECORDED, Optional.empty());
  }

  private void put(int generation, AttemptId attempt, Outcome outcome, Optional<Long> sent) {
    Whole whole = new Whole(generation, attempt);
    // An attempt whose entry is deleted before its step is left is given up after all.
    assertThat(outcomes.getOrDefault(whole, Outcome.RECORDED))
        .as("written twice: %s", whole)
        .isEqualTo(Outcome.RECORDED);
    outcomes.put(whole, outcome);
    written.put(whole, sent);
  }

  /** Before the next attempt is scheduled. */
  void assertNoneIsOn(Instant now) {
    assertThat(parts)
        .as("loads that are on at %s", now)
        .noneMatch(part -> now.isBefore(part.until));
  }

  long aborted() {
    return outcomes.values().stream().filter(Outcome.ABORTED::equals).count();
  }

  /** What holds whatever has happened. */
  void check() {
    Map<Whole, Long> sent =
        parts.stream()
            .collect(
                Collectors.groupingBy(
                    part -> part.whole, TreeMap::new, Collectors.summingLong(Part::sent)));
    assertThat(outcomes.keySet()).as("attempts that sent are written").containsAll(sent.keySet());
    outcomes.forEach(
        (whole, outcome) -> {
          long really = sent.getOrDefault(whole, 0L);
          if (outcome == Outcome.ABORTED) {
            assertThat(really).as("sent in the aborted %s", whole).isZero();
          }
          written
              .get(whole)
              .ifPresent(said -> assertThat(said).as("sent in %s", whole).isEqualTo(really));
        });
    noTwoAtOnce();
    noNumberTwice();
  }

  @Override
  public String toString() {
    return outcomes + ", said " + written;
  }

  private void noTwoAtOnce() {
    for (Part one : parts) {
      assertThat(parts)
          .as("loads beside %s of %s from %s to %s", one.whole, one.target, one.from, one.until)
          .noneMatch(
              other ->
                  !other.whole.equals(one.whole)
                      && other.target.equals(one.target)
                      && other.from.isBefore(one.until)
                      && one.from.isBefore(other.until));
    }
  }

  /** Each attempt's numbers lie above all that those before it may have taken. */
  private void noNumberTwice() {
    long next = 1;
    for (Part part : parts.stream().sorted(java.util.Comparator.comparing(p -> p.from)).toList()) {
      boolean begins =
          parts.stream().noneMatch(p -> p.whole.equals(part.whole) && p.from.isBefore(part.from));
      if (begins && part == firstOf(part.whole)) {
        assertThat(part.firstSequence)
            .as("first number of %s", part.whole)
            .isGreaterThanOrEqualTo(next);
      }
      next = Math.max(next, part.firstSequence + used(part));
    }
  }

  private Part firstOf(Whole whole) {
    return parts.stream()
        .filter(part -> part.whole.equals(whole))
        .min(java.util.Comparator.comparing(part -> part.from))
        .orElseThrow();
  }

  /** With one thread that sends all, and a number drawn for each connection in vain. */
  private long used(Part part) {
    int workers = plan.load().workers();
    LoadShare share = plan.steps().get(part.whole.attempt().step()).stage().load().share(workers);
    long connections = ((LoadShare.Connections) share).count();
    return (part.sent() + connections) * 4 * workers * plan.load().threads();
  }
}

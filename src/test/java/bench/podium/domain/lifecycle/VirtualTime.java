package bench.podium.domain.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** A clock that moves only on request, and the events that are scheduled on it. */
final class VirtualTime {

  private record Event(Instant at, long order, Runnable act) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::order));
  private final Random random;
  private Instant now = PlanFixture.START;
  private long order;

  VirtualTime(long seed) {
    random = new Random(seed);
  }

  Instant now() {
    return now;
  }

  void at(Instant when, Runnable act) {
    events.add(new Event(when, order++, act));
  }

  void after(Duration delay, Runnable act) {
    at(now.plus(delay), act);
  }

  /** A random duration between the two, drawn from the seed. */
  Duration between(double lowSeconds, double highSeconds) {
    return PlanFixture.seconds(lowSeconds + random.nextDouble() * (highSeconds - lowSeconds));
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Moves to this time and runs all events until then. */
  void moveTo(Instant end) {
    while (!events.isEmpty() && !events.peek().at().isAfter(end)) {
      Event next = events.poll();
      now = next.at().isAfter(now) ? next.at() : now;
      next.act().run();
    }
    now = end.isAfter(now) ? end : now;
  }

  /** Moves to the next event, at most by this duration. */
  void moveToNextEvent(Duration atMost) {
    Instant end = now.plus(atMost);
    boolean sooner = !events.isEmpty() && events.peek().at().isBefore(end);
    moveTo(sooner ? events.peek().at() : end);
  }
}

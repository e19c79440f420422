package bench.podium.observation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A timer and its clock, which advance only when a test says so. */
final class VirtualTimer extends AbstractExecutorService implements ScheduledExecutorService {

  private final List<Task> tasks = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  synchronized Instant now() {
    return now;
  }

  synchronized int waiting() {
    return tasks.size();
  }

  /** The number of one-time tasks among the waiting ones. */
  synchronized long waitingOnce() {
    return tasks.stream().filter(task -> task.period.isZero()).count();
  }

  /** Advances the clock by this time and runs the tasks that become due, in order. */
  void pass(Duration time) {
    Instant end = now().plus(time);
    Optional<Task> next = takeDue(end);
    while (next.isPresent()) {
      next.get().run();
      next = takeDue(end);
    }
    moveTo(end);
  }

  private synchronized Optional<Task> takeDue(Instant end) {
    Optional<Task> next =
        tasks.stream().filter(task -> !task.at.isAfter(end)).min(Comparator.comparing(Task::at));
    next.ifPresent(
        task -> {
          tasks.remove(task);
          now = task.at;
          if (!task.period.isZero()) {
            tasks.add(new Task(task.action, task.at.plus(task.period), task.period));
          }
        });
    return next;
  }

  private synchronized void moveTo(Instant end) {
    now = end;
  }

  private synchronized ScheduledFuture<Void> add(Runnable action, Duration delay, Duration period) {
    Task task = new Task(action, now.plus(delay), period);
    tasks.add(task);
    return task;
  }

  private synchronized void drop(Runnable action) {
    tasks.removeIf(task -> task.action == action);
  }

  private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final Runnable action;
    private final Instant at;
    private final Duration period;

    Task(Runnable action, Instant at, Duration period) {
      super(action, null);
      this.action = action;
      this.at = at;
      this.period = period;
    }

    Instant at() {
      return at;
    }

    @Override
    public boolean cancel(boolean interrupt) {
      drop(action);
      return super.cancel(interrupt);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(Duration.between(now(), at));
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
    return add(action, Duration.of(delay, unit.toChronoUnit()), Duration.ZERO);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable action, long delay, long period, TimeUnit unit) {
    return add(
        action, Duration.of(delay, unit.toChronoUnit()), Duration.of(period, unit.toChronoUnit()));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable action, long delay, long period, TimeUnit unit) {
    return scheduleAtFixedRate(action, delay, period, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> action, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void execute(Runnable action) {
    action.run();
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}

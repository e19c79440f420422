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

/** A timer and the clock that it goes by; both move only when a test says so. */
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

  /** Those of them that are to run once. */
  synchronized long waitingOnce() {
    return tasks.stream().filter(task -> task.period.isZero()).count();
  }

  /** Lets this time pass and runs what falls due in it, in order. */
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
            tasks.add(new Task(task.act, task.at.plus(task.period), task.period));
          }
        });
    return next;
  }

  private synchronized void moveTo(Instant end) {
    now = end;
  }

  private synchronized ScheduledFuture<Void> add(Runnable act, Duration delay, Duration period) {
    Task task = new Task(act, now.plus(delay), period);
    tasks.add(task);
    return task;
  }

  private synchronized void drop(Runnable act) {
    tasks.removeIf(task -> task.act == act);
  }

  private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final Runnable act;
    private final Instant at;
    private final Duration period;

    Task(Runnable act, Instant at, Duration period) {
      super(act, null);
      this.act = act;
      this.at = at;
      this.period = period;
    }

    Instant at() {
      return at;
    }

    @Override
    public boolean cancel(boolean interrupt) {
      drop(act);
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
  public ScheduledFuture<?> schedule(Runnable act, long delay, TimeUnit unit) {
    return add(act, Duration.of(delay, unit.toChronoUnit()), Duration.ZERO);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable act, long delay, long period, TimeUnit unit) {
    return add(
        act, Duration.of(delay, unit.toChronoUnit()), Duration.of(period, unit.toChronoUnit()));
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable act, long delay, long period, TimeUnit unit) {
    return scheduleAtFixedRate(act, delay, period, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> act, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void execute(Runnable act) {
    act.run();
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

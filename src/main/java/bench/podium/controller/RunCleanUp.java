package bench.podium.controller;

import bench.podium.api.v1alpha1.CleanupSpec;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.domain.lifecycle.CleanUpSequence;
import bench.podium.domain.lifecycle.Decision;
import bench.podium.domain.lifecycle.ObserverObservation;
import bench.podium.domain.lifecycle.Retention;
import bench.podium.domain.lifecycle.WorkerObservation;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.events.OverEvents;
import bench.podium.events.RunEvent;
import bench.podium.events.RunEvents;
import bench.podium.observe.RunObjects;
import bench.podium.observe.RunObserver;
import bench.podium.planning.DurationText;
import bench.podium.status.TimeText;
import bench.podium.wire.Command;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Takes down what a finished run leaves, as its {@code cleanup} says. */
final class RunCleanUp {

  /**
   * Of a run that ended lately.
   *
   * @param events that tell it
   */
  private record News(Instant ended, List<RunEvent> events) {}

  private final StatusWriter status;
  private final RunObserver observer;
  private final RunActs acts;
  private final EventWriter events;
  private final Failpoints failpoints;
  private final Clock clock;

  /** By the run's uid. */
  private final Map<String, News> news = new ConcurrentHashMap<>();

  RunCleanUp(
      StatusWriter status,
      RunObserver observer,
      RunActs acts,
      EventWriter events,
      Failpoints failpoints,
      Clock clock) {
    this.status = status;
    this.observer = observer;
    this.acts = acts;
    this.events = events;
    this.failpoints = failpoints;
    this.clock = clock;
  }

  /**
   * Also tells the end, however the run came to it.
   *
   * @return when to look again; empty when nothing is left to do
   */
  Optional<Duration> proceed(RunSummary finished, RunObjects objects) {
    RunIdentity run = RunIdentities.of(finished);
    tell(run, endOf(finished));
    List<Decision> decisions =
        new CleanUpSequence(retention(finished), endOf(finished))
            .decide(
                observer.loadPods(run, objects),
                observer.targets(run, objects),
                !objects.jobs().isEmpty(),
                clock.instant());
    Optional<Duration> again = Optional.empty();
    for (Decision decision : decisions) {
      failpoints.before(decision.arrow());
      again = carryOut(decision, run, objects).or(() -> Optional.of(Duration.ofSeconds(1)));
      failpoints.after(decision.arrow());
    }
    return again;
  }

  /**
   * A run that ended lately is read once, for its rows; at later looks what was told is told again,
   * which costs nothing where it has arrived.
   */
  private void tell(RunIdentity run, Instant ended) {
    Instant now = clock.instant();
    news.values().removeIf(each -> !RunEvents.isNews(each.ended(), now));
    if (RunEvents.isNews(ended, now)) {
      events.say(run, news.computeIfAbsent(run.uid(), uid -> read(run, ended)).events());
    }
  }

  private News read(RunIdentity run, Instant ended) {
    return new News(
        ended,
        status
            .read(run.namespace(), run.name())
            .filter(whole -> whole.getMetadata().getUid().equals(run.uid()))
            .map(whole -> OverEvents.of(whole, clock.instant()))
            .orElse(List.of()));
  }

  private Optional<Duration> carryOut(Decision decision, RunIdentity run, RunObjects objects) {
    return switch (decision) {
      case Decision.SayFinish(List<WorkerObservation> workers) -> {
        acts.send(run, workers, new Command.Finish());
        yield Optional.empty();
      }
      case Decision.FinishObserver(List<ObserverObservation> observers) -> {
        acts.send(run, observers, new Command.Finish());
        yield Optional.empty();
      }
      case Decision.RemoveLoad() -> {
        acts.removeLoads(decision.arrow(), objects, Integer.MAX_VALUE);
        yield Optional.empty();
      }
      case Decision.RemoveTarget(String target) -> {
        acts.removeTarget(run, target, objects);
        yield Optional.empty();
      }
      case Decision.Await(Duration atMost, String what) -> Optional.of(atMost);
      default -> throw new IllegalStateException(decision.arrow() + " after the end of a run");
    };
  }

  /** Whether the next run has to wait for it still. */
  boolean holdsPlace(RunSummary finished, RunObjects objects) {
    return stands(finished, objects, clock.instant());
  }

  /** Whether pods of a finished run are still at work, or on their way out. */
  static boolean stands(RunSummary finished, RunObjects objects, Instant now) {
    return !objects.talkingLoadPods().isEmpty()
        || (!objects.targetPods().isEmpty() && !retention(finished).keeps(endOf(finished), now));
  }

  private static Instant endOf(RunSummary finished) {
    return TimeText.parse(finished.getStatus().completionTime());
  }

  private static Retention retention(RunSummary run) {
    CleanupSpec cleanup = run.getSpec().cleanup();
    boolean keeps =
        switch (cleanup.pods()) {
          case ALWAYS -> false;
          case NEVER -> true;
          case ON_SUCCESS -> run.getStatus().verdict() != Verdict.PASSED;
        };
    return keeps ? kept(cleanup) : new Retention.None();
  }

  /** A time that cannot be read, past an older CRD, deletes nothing. */
  private static Retention kept(CleanupSpec cleanup) {
    return Optional.ofNullable(cleanup.ttlAfterFinished())
        .flatMap(DurationText::parse)
        .<Retention>map(Retention.For::new)
        .orElseGet(Retention.Forever::new);
  }
}

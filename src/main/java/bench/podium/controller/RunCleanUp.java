package bench.podium.controller;

import bench.podium.api.v1alpha1.CleanupSpec;
import bench.podium.api.v1alpha1.PodCleanup;
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
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Takes down what a finished run leaves, as its {@code cleanup} says. */
final class RunCleanUp {

  /**
   * Of a run that ended lately.
   *
   * @param events that tell it
   */
  private record News(Instant ended, List<RunEvent> events) {}

  /** Between two tries to write the ends of logs that the API server turns down. */
  private static final Duration REFUSED_LOGS = Duration.ofSeconds(2);

  private final StatusWriter status;
  private final RunObserver observer;
  private final RunActs acts;
  private final EventWriter events;
  private final KeptPods keptPods;
  private final Departures departures;
  private final Failpoints failpoints;
  private final Clock clock;

  /** By the run's uid. */
  private final Map<String, News> news = new ConcurrentHashMap<>();

  RunCleanUp(
      StatusWriter status,
      RunObserver observer,
      RunActs acts,
      EventWriter events,
      KeptPods keptPods,
      Departures departures,
      Failpoints failpoints,
      Clock clock) {
    this.status = status;
    this.keptPods = keptPods;
    this.departures = departures;
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
  Optional<Duration> proceed(
      RunSummary finished, RunObjects objects, BooleanSupplier anotherHasThePlace) {
    RunIdentity run = RunIdentities.of(finished);
    tell(run, endOf(finished));
    tellOfOverdue(run, overdue(finished, objects));
    boolean mustGo = mustGo(finished, objects, anotherHasThePlace);
    if (mustGo && !keptPods.makeWay(run, objects)) {
      return Optional.of(REFUSED_LOGS);
    }
    Retention retention = mustGo ? new Retention.None() : retention(finished);
    List<Decision> decisions =
        new CleanUpSequence(retention, endOf(finished))
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

  /** Pods that were kept for a person give way to the next run; what they printed last is kept. */
  private boolean mustGo(
      RunSummary finished, RunObjects objects, BooleanSupplier anotherHasThePlace) {
    boolean kept =
        finished.getSpec().cleanup().pods() == PodCleanup.ON_SUCCESS
            && !objects.pods().isEmpty()
            && retention(finished).keeps(endOf(finished), clock.instant());
    return kept
        && (keptPods.hasBegun(finished.getMetadata().getUid())
            || anotherHasThePlace.getAsBoolean());
  }

  /** Whether the next run has to wait for it still. */
  boolean holdsPlace(RunSummary finished, RunObjects objects) {
    return awaited(finished, objects, clock.instant()).stream()
        .anyMatch(pod -> !departures.isOverdue(pod));
  }

  private List<Pod> overdue(RunSummary finished, RunObjects objects) {
    return awaited(finished, objects, clock.instant()).stream()
        .filter(departures::isOverdue)
        .toList();
  }

  private void tellOfOverdue(RunIdentity run, List<Pod> overdue) {
    if (!overdue.isEmpty()) {
      events.say(
          run,
          List.of(
              OverEvents.podsOverdue(
                  overdue.stream().map(pod -> pod.getMetadata().getName()).toList())));
    }
  }

  /** Pods of a finished run that are still at work, or on their way out: the next run waits. */
  static List<Pod> awaited(RunSummary finished, RunObjects objects, Instant now) {
    return retention(finished).keeps(endOf(finished), now)
        ? objects.talkingLoadPods()
        : objects.atWork();
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

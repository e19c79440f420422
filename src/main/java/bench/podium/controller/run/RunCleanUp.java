package bench.podium.controller.run;

import bench.podium.api.v1alpha1.CleanupSpec;
import bench.podium.api.v1alpha1.PodCleanup;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.controller.cluster.ClusterActions;
import bench.podium.controller.cluster.EventWriter;
import bench.podium.controller.cluster.Failpoints;
import bench.podium.controller.cluster.RunIdentities;
import bench.podium.controller.cluster.StatusWriter;
import bench.podium.domain.lifecycle.CleanUpSequence;
import bench.podium.domain.lifecycle.Retention;
import bench.podium.domain.lifecycle.RunAction;
import bench.podium.domain.observation.CollectorObservation;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.events.FinishedRunEvents;
import bench.podium.events.RunEvent;
import bench.podium.events.RunEvents;
import bench.podium.observation.RunObjects;
import bench.podium.observation.RunObservationMapper;
import bench.podium.planning.DurationText;
import bench.podium.protocol.Command;
import bench.podium.status.TimeText;
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
  private final RunObservationMapper collector;
  private final ClusterActions acts;
  private final EventWriter events;
  private final RetainedPods retainedPods;
  private final PodTerminationTracker departures;
  private final Failpoints failpoints;
  private final Clock clock;

  /** By the run's uid. */
  private final Map<String, News> news = new ConcurrentHashMap<>();

  RunCleanUp(
      StatusWriter status,
      RunObservationMapper collector,
      ClusterActions acts,
      EventWriter events,
      RetainedPods retainedPods,
      PodTerminationTracker departures,
      Failpoints failpoints,
      Clock clock) {
    this.status = status;
    this.retainedPods = retainedPods;
    this.departures = departures;
    this.collector = collector;
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
      RunSummary finished, RunObjects objects, BooleanSupplier anotherOccupiesTheSlot) {
    RunIdentity run = RunIdentities.of(finished);
    emit(run, endOf(finished));
    emitOverdue(run, overdue(finished, objects));
    boolean mustGo = mustGo(finished, objects, anotherOccupiesTheSlot);
    if (mustGo && !retainedPods.yieldSlot(run, objects)) {
      return Optional.of(REFUSED_LOGS);
    }
    Retention retention = mustGo ? new Retention.None() : retention(finished);
    List<RunAction> decisions =
        new CleanUpSequence(retention, endOf(finished))
            .decide(
                collector.workers(run, objects),
                collector.targets(run, objects),
                !objects.jobs().isEmpty(),
                clock.instant());
    Optional<Duration> again = Optional.empty();
    for (RunAction decision : decisions) {
      failpoints.before(decision.action());
      again = carryOut(decision, run, objects).or(() -> Optional.of(Duration.ofSeconds(1)));
      failpoints.after(decision.action());
    }
    return again;
  }

  /**
   * A run that ended lately is read once, for its rows; at later looks what was told is told again,
   * which costs nothing where it has arrived.
   */
  private void emit(RunIdentity run, Instant ended) {
    Instant now = clock.instant();
    news.values().removeIf(each -> !RunEvents.isRecent(each.ended(), now));
    if (RunEvents.isRecent(ended, now)) {
      events.record(run, news.computeIfAbsent(run.uid(), uid -> read(run, ended)).events());
    }
  }

  private News read(RunIdentity run, Instant ended) {
    return new News(
        ended,
        status
            .read(run.namespace(), run.name())
            .filter(whole -> whole.getMetadata().getUid().equals(run.uid()))
            .map(whole -> FinishedRunEvents.of(whole, clock.instant()))
            .orElse(List.of()));
  }

  private Optional<Duration> carryOut(RunAction decision, RunIdentity run, RunObjects objects) {
    return switch (decision) {
      case RunAction.StopWorkers(List<WorkerObservation> workers) -> {
        acts.send(run, workers, new Command.Finish());
        yield Optional.empty();
      }
      case RunAction.StopCollector(List<CollectorObservation> collectors) -> {
        acts.send(run, collectors, new Command.Finish());
        yield Optional.empty();
      }
      case RunAction.DeleteWorkers() -> {
        acts.deleteWorkers(decision.action(), objects, Integer.MAX_VALUE);
        yield Optional.empty();
      }
      case RunAction.DeleteTarget(String target) -> {
        acts.deleteTarget(run, target, objects);
        yield Optional.empty();
      }
      case RunAction.Await(Duration atMost, String what) -> Optional.of(atMost);
      default -> throw new IllegalStateException(decision.action() + " after the end of a run");
    };
  }

  /** Pods that were kept for a person give way to the next run; what they printed last is kept. */
  private boolean mustGo(
      RunSummary finished, RunObjects objects, BooleanSupplier anotherOccupiesTheSlot) {
    boolean kept =
        finished.getSpec().cleanup().pods() == PodCleanup.ON_SUCCESS
            && !objects.pods().isEmpty()
            && retention(finished).keeps(endOf(finished), clock.instant());
    return kept
        && (retainedPods.hasBegun(finished.getMetadata().getUid())
            || anotherOccupiesTheSlot.getAsBoolean());
  }

  /** Whether the next run has to wait for it still. */
  boolean occupiesSlot(RunSummary finished, RunObjects objects) {
    return awaited(finished, objects, clock.instant()).stream()
        .anyMatch(pod -> !departures.isOverdue(pod));
  }

  private List<Pod> overdue(RunSummary finished, RunObjects objects) {
    return awaited(finished, objects, clock.instant()).stream()
        .filter(departures::isOverdue)
        .toList();
  }

  private void emitOverdue(RunIdentity run, List<Pod> overdue) {
    if (!overdue.isEmpty()) {
      events.record(
          run,
          List.of(
              FinishedRunEvents.podsOverdue(
                  overdue.stream().map(pod -> pod.getMetadata().getName()).toList())));
    }
  }

  /** Pods of a finished run that are still at work, or on their way out: the next run waits. */
  static List<Pod> awaited(RunSummary finished, RunObjects objects, Instant now) {
    return retention(finished).keeps(endOf(finished), now)
        ? objects.talkingWorkers()
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

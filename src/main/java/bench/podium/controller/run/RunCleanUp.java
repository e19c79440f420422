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

/** Deletes the objects of a finished run according to its {@code cleanup}. */
final class RunCleanUp {

  /** The Events of a run that ended recently. */
  private record RecentEnd(Instant ended, List<RunEvent> events) {}

  /** Delay before saving logs again after the API server rejected them. */
  private static final Duration LOG_RETRY_DELAY = Duration.ofSeconds(2);

  private final StatusWriter status;
  private final RunObservationMapper observations;
  private final ClusterActions actions;
  private final EventWriter events;
  private final RetainedPods retainedPods;
  private final PodTerminationTracker terminations;
  private final Failpoints failpoints;
  private final Clock clock;

  /** By run uid. */
  private final Map<String, RecentEnd> recentEnds = new ConcurrentHashMap<>();

  RunCleanUp(
      StatusWriter status,
      RunObservationMapper observations,
      ClusterActions actions,
      EventWriter events,
      RetainedPods retainedPods,
      PodTerminationTracker terminations,
      Failpoints failpoints,
      Clock clock) {
    this.status = status;
    this.retainedPods = retainedPods;
    this.terminations = terminations;
    this.observations = observations;
    this.actions = actions;
    this.events = events;
    this.failpoints = failpoints;
    this.clock = clock;
  }

  /**
   * Carries on with the clean-up; also emits the Events of the run's end.
   *
   * @return when to check again; empty if nothing is left to do
   */
  Optional<Duration> proceed(
      RunSummary finished, RunObjects objects, BooleanSupplier anotherOccupiesTheSlot) {
    RunIdentity run = RunIdentities.of(finished);
    emit(run, endOf(finished));
    emitOverdue(run, overdue(finished, objects));
    boolean mustReleasePods = mustReleasePods(finished, objects, anotherOccupiesTheSlot);
    if (mustReleasePods && !retainedPods.release(run, objects)) {
      return Optional.of(LOG_RETRY_DELAY);
    }
    Retention retention = mustReleasePods ? new Retention.None() : retention(finished);
    List<RunAction> decisions =
        new CleanUpSequence(retention, endOf(finished))
            .decide(
                observations.workers(run, objects),
                observations.targets(run, objects),
                !objects.jobs().isEmpty(),
                clock.instant());
    Optional<Duration> recheckAfter = Optional.empty();
    for (RunAction decision : decisions) {
      failpoints.before(decision.action());
      recheckAfter = carryOut(decision, run, objects).or(() -> Optional.of(Duration.ofSeconds(1)));
      failpoints.after(decision.action());
    }
    return recheckAfter;
  }

  /**
   * Emits the Events of a run that ended recently. The run is read once, for its rows; recording
   * the same Events again costs nothing where they were emitted.
   */
  private void emit(RunIdentity run, Instant ended) {
    Instant now = clock.instant();
    recentEnds.values().removeIf(each -> !RunEvents.isRecent(each.ended(), now));
    if (RunEvents.isRecent(ended, now)) {
      events.record(run, recentEnds.computeIfAbsent(run.uid(), uid -> read(run, ended)).events());
    }
  }

  private RecentEnd read(RunIdentity run, Instant ended) {
    return new RecentEnd(
        ended,
        status
            .read(run.namespace(), run.name())
            .filter(live -> live.getMetadata().getUid().equals(run.uid()))
            .map(live -> FinishedRunEvents.of(live, clock.instant()))
            .orElse(List.of()));
  }

  private Optional<Duration> carryOut(RunAction decision, RunIdentity run, RunObjects objects) {
    return switch (decision) {
      case RunAction.StopWorkers(List<WorkerObservation> workers) -> {
        actions.send(run, workers, new Command.Finish());
        yield Optional.empty();
      }
      case RunAction.StopCollector(List<CollectorObservation> collectors) -> {
        actions.send(run, collectors, new Command.Finish());
        yield Optional.empty();
      }
      case RunAction.DeleteWorkers() -> {
        actions.deleteWorkers(decision.action(), objects, Integer.MAX_VALUE);
        yield Optional.empty();
      }
      case RunAction.DeleteTarget(String target) -> {
        actions.deleteTarget(run, target, objects);
        yield Optional.empty();
      }
      case RunAction.Await(Duration atMost, String what) -> Optional.of(atMost);
      default -> throw new IllegalStateException(decision.action() + " after the end of a run");
    };
  }

  /**
   * Whether retained pods must be deleted because another run holds the slot. The ends of their
   * logs are saved first.
   */
  private boolean mustReleasePods(
      RunSummary finished, RunObjects objects, BooleanSupplier anotherOccupiesTheSlot) {
    boolean retained =
        finished.getSpec().cleanup().pods() == PodCleanup.ON_SUCCESS
            && !objects.pods().isEmpty()
            && retention(finished).keeps(endOf(finished), clock.instant());
    return retained
        && (retainedPods.isReleasing(finished.getMetadata().getUid())
            || anotherOccupiesTheSlot.getAsBoolean());
  }

  /** Whether the next run still has to wait for this one's pods. */
  boolean occupiesSlot(RunSummary finished, RunObjects objects) {
    return podsToAwait(finished, objects, clock.instant()).stream()
        .anyMatch(pod -> !terminations.isOverdue(pod));
  }

  private List<Pod> overdue(RunSummary finished, RunObjects objects) {
    return podsToAwait(finished, objects, clock.instant()).stream()
        .filter(terminations::isOverdue)
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

  /**
   * Pods of a finished run that are still running or terminating, and for which the next run waits.
   */
  static List<Pod> podsToAwait(RunSummary finished, RunObjects objects, Instant now) {
    return retention(finished).keeps(endOf(finished), now)
        ? objects.runningWorkers()
        : objects.activePods();
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
    return keeps ? retention(cleanup) : new Retention.None();
  }

  /** A duration that cannot be parsed, as an older CRD may admit, deletes nothing. */
  private static Retention retention(CleanupSpec cleanup) {
    return Optional.ofNullable(cleanup.ttlAfterFinished())
        .flatMap(DurationText::parse)
        .<Retention>map(Retention.For::new)
        .orElseGet(Retention.Forever::new);
  }
}

package bench.podium.controller.run;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.controller.cluster.ReconcileTrigger;
import bench.podium.controller.cluster.RunIdentities;
import bench.podium.controller.cluster.RunInformers;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.domain.plan.RunPlan;
import bench.podium.observation.RunObjects;
import bench.podium.planning.PlanFactory;
import bench.podium.planning.PlanResult;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Reconciles BenchmarkRuns: passes each run to the component that its state requires, and schedules
 * the next reconciliation.
 *
 * <p>The informer caches only the few fields that decide whether there is anything to do. The whole
 * run is read from the API server only while it holds the slot or may get it, so that thousands of
 * finished or queued runs cause no requests.
 */
@ControllerConfiguration(
    name = "benchmarkrun",
    informer = @Informer(informerListLimit = CompetingRuns.PAGE),
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
@GradualRetry(
    maxAttempts = Integer.MAX_VALUE,
    initialInterval = 1000,
    intervalMultiplier = 1.5,
    maxInterval = 5000)
public class BenchmarkRunReconciler implements Reconciler<RunSummary> {

  /** Maximum time between two reconciliations of a suspended run. */
  private static final Duration SUSPENDED_POLL_INTERVAL = Duration.ofSeconds(10);

  /** Delay while the informers of a namespace have not synced. */
  private static final Duration SYNC_POLL_INTERVAL = Duration.ofSeconds(1);

  /** Delay before reading and deciding again after a conflicting write. */
  private static final Duration CONFLICT_RETRY_DELAY = Duration.ofMillis(50);

  private final RunComponents components;
  private final ReconcileTrigger trigger = new ReconcileTrigger();

  private final LastSeenRuns lastSeenRuns = new LastSeenRuns();
  private final SlotHolders slotHolders = new SlotHolders(this::forget);

  // Set once, before the first reconciliation: the framework asks for the sources when it starts.
  private volatile RunInformers informers;
  private volatile CompetingRuns competingRuns;

  public BenchmarkRunReconciler(RunComponents components) {
    this.components = components;
  }

  @Override
  public List<EventSource<?, RunSummary>> prepareEventSources(
      EventSourceContext<RunSummary> context) {
    informers = new RunInformers(context, components::countForeignPod);
    InformerConfiguration<RunSummary> runs =
        context.getControllerConfiguration().getInformerConfig();
    competingRuns =
        new CompetingRuns(
            context.getClient(),
            runs.watchAllNamespaces() ? Set.of() : runs.getNamespaces(),
            () -> lastSeenRuns.newest(context.getPrimaryCache().list()));
    List<EventSource<?, RunSummary>> sources = new ArrayList<>(informers.sources());
    sources.add(trigger);
    return sources;
  }

  @Override
  public UpdateControl<RunSummary> reconcile(RunSummary cached, Context<RunSummary> context) {
    try {
      return proceed(cached)
          .map(delay -> UpdateControl.<RunSummary>noUpdate().rescheduleAfter(delay))
          .orElseGet(UpdateControl::noUpdate);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      return UpdateControl.<RunSummary>noUpdate().rescheduleAfter(CONFLICT_RETRY_DELAY);
    }
  }

  private Optional<Duration> proceed(RunSummary cached) {
    if (!informers.hasSynced(cached.getMetadata().getNamespace())) {
      return Optional.of(SYNC_POLL_INTERVAL);
    }
    String uid = cached.getMetadata().getUid();
    lastSeenRuns.recordCached(cached);
    RunObjects objects = informers.objects(cached, components.actions().refusals(uid));
    components.followLogs(RunIdentities.of(cached), objects, this::wake);
    if (RunStates.isFinished(cached)) {
      return cleanUp(cached, objects);
    }
    Optional<Duration> idleTime =
        slotHolders.contains(uid) ? Optional.empty() : idleTime(cached, objects);
    return idleTime.isPresent() ? idleTime : proceedLive(cached, objects);
  }

  /**
   * How long there is nothing to do according to the caches: the run is queued or suspended, and
   * its status says so. Empty if the run must be read.
   */
  private Optional<Duration> idleTime(RunSummary cached, RunObjects objects) {
    if (!cached.hasCurrentStatus()
        || cached.getSpec().cancel()
        || RunStates.occupiesSlot(cached)
        || RunStates.backoff(cached).isOn()) {
      return Optional.empty();
    }
    return switch (cached.getStatus().phase()) {
      case QUEUED ->
          cached.getSpec().suspend()
              ? Optional.empty()
              : components
                  .admissionGate()
                  .recheckIfQueued(cached, competingRuns, informers.podsOfAllRuns());
      case SUSPENDED ->
          cached.getSpec().suspend() && objects.isEmpty()
              ? Optional.of(SUSPENDED_POLL_INTERVAL)
              : Optional.empty();
      case PENDING, PREPARING, RUNNING, FINISHED -> Optional.empty();
    };
  }

  private Optional<Duration> proceedLive(RunSummary cached, RunObjects objects) {
    Optional<BenchmarkRun> current =
        components
            .status()
            .read(cached.getMetadata().getNamespace(), cached.getMetadata().getName())
            .filter(run -> RunInformers.isSameRun(run, cached))
            .filter(run -> run.getMetadata().getDeletionTimestamp() == null);
    if (current.isEmpty()) {
      forget(cached.getMetadata().getUid());
      release(cached);
      return Optional.empty();
    }
    BenchmarkRun live = current.get();
    RunSummary summary = RunSummary.of(live);
    lastSeenRuns.recordRead(summary);
    if (RunStates.isFinished(summary)) {
      return cleanUp(summary, objects);
    }
    if (live.getStatus() != null && live.getStatus().hasUnsupportedProgress()) {
      components.endUnsupported(live);
      return Optional.of(Duration.ZERO);
    }
    return switch (PlanFactory.plan(live)) {
      case PlanResult.Planned(RunPlan plan) -> Optional.of(run(live, summary, plan, objects));
      case PlanResult.Rejected rejected -> {
        components.reject(live, rejected);
        // The write of the end triggers no reconciliation, and there may be pods to delete.
        yield Optional.of(Duration.ZERO);
      }
    };
  }

  private Duration run(BenchmarkRun live, RunSummary summary, RunPlan plan, RunObjects objects) {
    boolean wantsNoSlot =
        live.getSpec().suspend()
            || live.getSpec().cancel()
            || !components.admissionGate().mayRetry(summary)
            || components.executor().backoff().isOverdue(live, plan);
    if (RunStates.occupiesSlot(summary)) {
      return execute(live, plan, objects);
    }
    if (objects.isEmpty()) {
      release(summary);
    }
    if (RunStates.isStarted(summary) && wantsNoSlot) {
      Duration recheckAfter = components.executor().proceed(live, plan, objects);
      return recheckAfter.isZero() || !objects.isEmpty() ? recheckAfter : SUSPENDED_POLL_INTERVAL;
    }
    if (live.getSpec().cancel()) {
      components.admissionGate().cancelQueued(live, plan);
      return Duration.ZERO;
    }
    if (live.getSpec().suspend()) {
      components.admissionGate().suspendQueued(live, plan);
      return SUSPENDED_POLL_INTERVAL;
    }
    return switch (components
        .admissionGate()
        .admit(live, plan, competingRuns, informers.podsOfAllRuns())) {
      case AdmissionGate.Answer.Admitted(BenchmarkRun admitted) -> {
        components.executor().backoff().recordProgress(admitted.getMetadata().getUid());
        yield execute(admitted, plan, objects);
      }
      case AdmissionGate.Answer.Queued(Duration recheckAfter) -> recheckAfter;
    };
  }

  /**
   * Carries on with a run that holds the slot. Finished runs with retained pods are woken, because
   * their pods make room for this one.
   */
  private Duration execute(BenchmarkRun run, RunPlan plan, RunObjects objects) {
    if (slotHolders.add(run.getMetadata().getUid())) {
      informers.otherRuns(run).forEach(this::wake);
    }
    return components
        .executor()
        .proceed(run, plan, objects.withNeighbours(informers.neighbours(run)));
  }

  private Optional<Duration> cleanUp(RunSummary finished, RunObjects objects) {
    Optional<Duration> recheckAfter =
        components.cleanUp().proceed(finished, objects, () -> isSlotHeldByAnother(finished));
    if (recheckAfter.isEmpty()) {
      components.forget(finished.getMetadata().getUid());
    }
    if (components.cleanUp().occupiesSlot(finished, objects)) {
      slotHolders.add(finished.getMetadata().getUid());
    } else {
      release(finished);
    }
    return recheckAfter;
  }

  private boolean isSlotHeldByAnother(RunSummary finished) {
    return slotHolders.isHeldByAnother(finished.getMetadata().getUid(), competingRuns::lastSeen)
        || competingRuns
            .lastSeen()
            .anyMatch(run -> !RunStates.isFinished(run) && RunStates.occupiesSlot(run));
  }

  private void forget(String runUid) {
    components.forget(runUid);
    lastSeenRuns.forget(runUid);
  }

  /** Wakes the next queued run, but only if this run held the slot. */
  private void release(RunSummary run) {
    if (slotHolders.remove(run.getMetadata().getUid())) {
      components
          .admissionGate()
          .next(competingRuns, informers.podsOfAllRuns())
          .ifPresent(this::wake);
    }
  }

  private void wake(RunIdentity run) {
    trigger.wake(run.namespace(), run.name());
  }
}

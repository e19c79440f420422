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
  private static final Duration CONFLICT = Duration.ofMillis(50);

  private final RunComponents parts;
  private final ReconcileTrigger wakeUps = new ReconcileTrigger();

  private final LastSeenRuns observed = new LastSeenRuns();
  private final SlotHolders led = new SlotHolders(this::forget);

  // Set once, before the first reconciliation: the framework asks for the sources when it starts.
  private volatile RunInformers informers;
  private volatile CompetingRuns watched;

  public BenchmarkRunReconciler(RunComponents parts) {
    this.parts = parts;
  }

  @Override
  public List<EventSource<?, RunSummary>> prepareEventSources(
      EventSourceContext<RunSummary> context) {
    informers = new RunInformers(context, parts::ignore);
    InformerConfiguration<RunSummary> runs =
        context.getControllerConfiguration().getInformerConfig();
    watched =
        new CompetingRuns(
            context.getClient(),
            runs.watchAllNamespaces() ? Set.of() : runs.getNamespaces(),
            () -> observed.newest(context.getPrimaryCache().list()));
    List<EventSource<?, RunSummary>> sources = new ArrayList<>(informers.sources());
    sources.add(wakeUps);
    return sources;
  }

  @Override
  public UpdateControl<RunSummary> reconcile(RunSummary cached, Context<RunSummary> context) {
    try {
      return proceed(cached)
          .map(again -> UpdateControl.<RunSummary>noUpdate().rescheduleAfter(again))
          .orElseGet(UpdateControl::noUpdate);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      return UpdateControl.<RunSummary>noUpdate().rescheduleAfter(CONFLICT);
    }
  }

  private Optional<Duration> proceed(RunSummary cached) {
    if (!informers.know(cached.getMetadata().getNamespace())) {
      return Optional.of(SYNC_POLL_INTERVAL);
    }
    String uid = cached.getMetadata().getUid();
    observed.watched(cached);
    RunObjects objects = informers.objects(cached, parts.acts().refusals(uid));
    parts.listen(RunIdentities.of(cached), objects, this::wake);
    if (RunStates.isFinished(cached)) {
      return cleanUp(cached, objects);
    }
    Optional<Duration> rest = led.contains(uid) ? Optional.empty() : rest(cached, objects);
    return rest.isPresent() ? rest : proceedLive(cached, objects);
  }

  /**
   * How long there is nothing to do according to the caches: the run is queued or suspended, and
   * its status says so. Empty if the run must be read.
   */
  private Optional<Duration> rest(RunSummary cached, RunObjects objects) {
    if (!cached.speaksOfItsSpec()
        || cached.getSpec().cancel()
        || RunStates.occupiesSlot(cached)
        || RunStates.backoff(cached).isOn()) {
      return Optional.empty();
    }
    return switch (cached.getStatus().phase()) {
      case QUEUED ->
          cached.getSpec().suspend()
              ? Optional.empty()
              : parts.startGate().waits(cached, watched, informers.podsOfAllRuns());
      case SUSPENDED ->
          cached.getSpec().suspend() && objects.isEmpty()
              ? Optional.of(SUSPENDED_POLL_INTERVAL)
              : Optional.empty();
      case PENDING, PREPARING, RUNNING, FINISHED -> Optional.empty();
    };
  }

  private Optional<Duration> proceedLive(RunSummary cached, RunObjects objects) {
    Optional<BenchmarkRun> current =
        parts
            .status()
            .read(cached.getMetadata().getNamespace(), cached.getMetadata().getName())
            .filter(run -> RunInformers.isSame(run, cached))
            .filter(run -> run.getMetadata().getDeletionTimestamp() == null);
    if (current.isEmpty()) {
      forget(cached.getMetadata().getUid());
      release(cached);
      return Optional.empty();
    }
    BenchmarkRun live = current.get();
    RunSummary summary = RunSummary.of(live);
    observed.read(summary);
    if (RunStates.isFinished(summary)) {
      return cleanUp(summary, objects);
    }
    return switch (PlanFactory.plan(live)) {
      case PlanResult.Planned(RunPlan plan) -> Optional.of(run(live, summary, plan, objects));
      case PlanResult.Rejected rejected -> {
        parts.reject(live, rejected);
        // The write of the end triggers no reconciliation, and there may be pods to delete.
        yield Optional.of(Duration.ZERO);
      }
    };
  }

  private Duration run(BenchmarkRun live, RunSummary summary, RunPlan plan, RunObjects objects) {
    boolean wantsNoSlot =
        live.getSpec().suspend()
            || live.getSpec().cancel()
            || !parts.startGate().mayTry(summary)
            || parts.execution().backoff().isOverdue(live, plan);
    if (RunStates.occupiesSlot(summary)) {
      return lead(live, plan, objects);
    }
    if (objects.isEmpty()) {
      release(summary);
    }
    if (RunStates.isStarted(summary) && wantsNoSlot) {
      Duration look = parts.execution().proceed(live, plan, objects);
      return look.isZero() || !objects.isEmpty() ? look : SUSPENDED_POLL_INTERVAL;
    }
    if (live.getSpec().cancel()) {
      parts.startGate().cancelQueued(live, plan);
      return Duration.ZERO;
    }
    if (live.getSpec().suspend()) {
      parts.startGate().suspendQueued(live, plan);
      return SUSPENDED_POLL_INTERVAL;
    }
    return switch (parts.startGate().admit(live, plan, watched, informers.podsOfAllRuns())) {
      case AdmissionGate.Answer.Admitted(BenchmarkRun admitted) -> {
        parts.execution().backoff().goesOn(admitted.getMetadata().getUid());
        yield lead(admitted, plan, objects);
      }
      case AdmissionGate.Answer.Queued(Duration look) -> look;
    };
  }

  /**
   * Carries on with a run that holds the slot. Finished runs with retained pods are woken, because
   * their pods make room for this one.
   */
  private Duration lead(BenchmarkRun run, RunPlan plan, RunObjects objects) {
    if (led.add(run.getMetadata().getUid())) {
      informers.others(run).forEach(this::wake);
    }
    return parts.execution().proceed(run, plan, objects.beside(informers.neighbours(run)));
  }

  private Optional<Duration> cleanUp(RunSummary finished, RunObjects objects) {
    Optional<Duration> again =
        parts.cleanUp().proceed(finished, objects, () -> isSlotTaken(finished));
    if (again.isEmpty()) {
      parts.forget(finished.getMetadata().getUid());
    }
    if (parts.cleanUp().occupiesSlot(finished, objects)) {
      led.add(finished.getMetadata().getUid());
    } else {
      release(finished);
    }
    return again;
  }

  private boolean isSlotTaken(RunSummary finished) {
    return led.isOther(finished.getMetadata().getUid(), watched::lastSeen)
        || watched
            .lastSeen()
            .anyMatch(run -> !RunStates.isFinished(run) && RunStates.occupiesSlot(run));
  }

  private void forget(String runUid) {
    parts.forget(runUid);
    observed.forget(runUid);
  }

  /** Wakes the next queued run, but only if this run held the slot. */
  private void release(RunSummary run) {
    if (led.remove(run.getMetadata().getUid())) {
      parts.startGate().next(watched, informers.podsOfAllRuns()).ifPresent(this::wake);
    }
  }

  private void wake(RunIdentity run) {
    wakeUps.wake(run.namespace(), run.name());
  }
}

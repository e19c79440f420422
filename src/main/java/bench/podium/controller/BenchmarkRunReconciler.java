package bench.podium.controller;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.domain.plan.RunPlan;
import bench.podium.observe.RunObjects;
import bench.podium.planning.PlanFactory;
import bench.podium.planning.PlanResult;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
 * Leads each run to the part of the operator that its state asks for, and says when to look again.
 */
@ControllerConfiguration(
    name = "benchmarkrun",
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 3, timeUnit = TimeUnit.MINUTES))
@GradualRetry(
    maxAttempts = Integer.MAX_VALUE,
    initialInterval = 1000,
    intervalMultiplier = 1.5,
    maxInterval = 5000)
public class BenchmarkRunReconciler implements Reconciler<BenchmarkRun> {

  /** A waiting run looks again this often, whatever wakes it before. */
  private static final Duration QUEUE_LOOK = Duration.ofSeconds(10);

  /** Until what there is in a namespace is known. */
  private static final Duration SYNC_LOOK = Duration.ofSeconds(1);

  /** Another wrote the same object: read again, decide again. */
  private static final Duration CONFLICT = Duration.ofMillis(50);

  private final RunParts parts;
  private final WakeUpSource wakeUps = new WakeUpSource();
  // Set once, before the first reconciliation: the framework asks for the sources when it starts.
  private volatile RunInformers informers;

  public BenchmarkRunReconciler(RunParts parts) {
    this.parts = parts;
  }

  @Override
  public List<EventSource<?, BenchmarkRun>> prepareEventSources(
      EventSourceContext<BenchmarkRun> context) {
    informers = new RunInformers(context, parts::ignore);
    List<EventSource<?, BenchmarkRun>> sources = new ArrayList<>(informers.sources());
    sources.add(wakeUps);
    return sources;
  }

  @Override
  public UpdateControl<BenchmarkRun> reconcile(BenchmarkRun cached, Context<BenchmarkRun> context) {
    try {
      return proceed(cached, context)
          .map(again -> UpdateControl.<BenchmarkRun>noUpdate().rescheduleAfter(again))
          .orElseGet(UpdateControl::noUpdate);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      return UpdateControl.<BenchmarkRun>noUpdate().rescheduleAfter(CONFLICT);
    }
  }

  private Optional<Duration> proceed(BenchmarkRun cached, Context<BenchmarkRun> context) {
    if (!informers.know(cached.getMetadata().getNamespace())) {
      return Optional.of(SYNC_LOOK);
    }
    RunObjects objects =
        informers.objects(cached, parts.acts().refusals(cached.getMetadata().getUid()));
    parts.listen(RunIdentities.of(cached), objects, this::wake);
    Optional<BenchmarkRun> current = current(cached);
    if (current.isEmpty()) {
      parts.forget(cached.getMetadata().getUid());
      return Optional.empty();
    }
    BenchmarkRun live = current.get();
    if (AdmissionGate.isOver(live)) {
      return cleanUp(live, context, objects);
    }
    return switch (PlanFactory.plan(live)) {
      case PlanResult.Planned(RunPlan plan) -> Optional.of(run(live, plan, context, objects));
      case PlanResult.Rejected rejected -> {
        parts.reject(live, rejected);
        // Nothing announces the end that was just written, and there may be pods to take down.
        yield Optional.of(Duration.ZERO);
      }
    };
  }

  /** Live while it is not over; a run that is over does not change, so the cache is enough. */
  private Optional<BenchmarkRun> current(BenchmarkRun cached) {
    return AdmissionGate.isOver(cached)
        ? Optional.of(cached)
        : parts
            .status()
            .read(cached.getMetadata().getNamespace(), cached.getMetadata().getName())
            .filter(run -> run.getMetadata().getUid().equals(cached.getMetadata().getUid()))
            .filter(run -> run.getMetadata().getDeletionTimestamp() == null);
  }

  private Duration run(
      BenchmarkRun live, RunPlan plan, Context<BenchmarkRun> context, RunObjects objects) {
    boolean wantsNoPlace = live.getSpec().suspend() || live.getSpec().cancel();
    if (AdmissionGate.hasPlace(live) || (AdmissionGate.isStarted(live) && wantsNoPlace)) {
      return parts.execution().proceed(live, plan, objects);
    }
    if (live.getSpec().cancel()) {
      parts.gate().withdraw(live, plan);
      return Duration.ZERO;
    }
    if (live.getSpec().suspend()) {
      parts.gate().hold(live, plan);
      return QUEUE_LOOK;
    }
    return parts
        .gate()
        .admit(live, plan, watched(context), informers.podsOfAllRuns())
        .map(admitted -> parts.execution().proceed(admitted, plan, objects))
        .orElse(QUEUE_LOOK);
  }

  private static WatchedRuns watched(Context<BenchmarkRun> context) {
    InformerConfiguration<BenchmarkRun> watched =
        context.getControllerConfiguration().getInformerConfig();
    return new WatchedRuns(
        context.getClient(),
        watched.watchAllNamespaces() ? Set.of() : watched.getNamespaces(),
        () -> context.getPrimaryCache().list());
  }

  private Optional<Duration> cleanUp(
      BenchmarkRun finished, Context<BenchmarkRun> context, RunObjects objects) {
    Optional<Duration> again = parts.cleanUp().proceed(finished, objects);
    if (again.isEmpty()) {
      parts.forget(finished.getMetadata().getUid());
      context
          .getPrimaryCache()
          .list(run -> !AdmissionGate.hasPlace(run) && !AdmissionGate.isOver(run))
          .map(RunIdentities::of)
          .forEach(this::wake);
    }
    return again;
  }

  private void wake(RunIdentity run) {
    wakeUps.wake(run.namespace(), run.name());
  }
}

package bench.podium.controller.cluster;

import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.observation.RunObjects;
import bench.podium.observation.RunObjects.Refusal;
import bench.podium.resources.Labels;
import bench.podium.resources.Origin;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnAddFilter;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The informers for the objects that belong to runs, one per kind, limited by label selector to
 * objects with a run's uid label.
 */
public final class RunInformers {

  private final InformerEventSource<Pod, RunSummary> pods;
  private final InformerEventSource<Job, RunSummary> jobs;
  private final InformerEventSource<Deployment, RunSummary> deployments;
  private final InformerEventSource<Service, RunSummary> services;

  /**
   * @param foreign called for each pod that has a run's labels but was not created for it
   */
  public RunInformers(EventSourceContext<RunSummary> context, Consumer<Pod> foreign) {
    this.pods = informer(Pod.class, context, pod -> isOwnedByRun(pod, foreign));
    this.jobs = informer(Job.class, context, job -> true);
    this.deployments = informer(Deployment.class, context, each -> true);
    this.services = informer(Service.class, context, each -> true);
  }

  private static <R extends HasMetadata> InformerEventSource<R, RunSummary> informer(
      Class<R> kind, EventSourceContext<RunSummary> context, OnAddFilter<R> added) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, RunSummary.class)
            .withLabelSelector(Labels.RUN_UID)
            .withSecondaryToPrimaryMapper(RunInformers::owner)
            .withOnAddFilter(added)
            .withNamespacesInheritedFromController()
            .build(),
        context);
  }

  private static boolean isOwnedByRun(Pod pod, Consumer<Pod> foreign) {
    boolean owned = Origin.isOfItsRun(pod);
    if (!owned) {
      foreign.accept(pod);
    }
    return owned;
  }

  private static Set<ResourceID> owner(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    boolean foreign = object instanceof Pod pod && !Origin.isOfItsRun(pod);
    return foreign || labels == null || !labels.containsKey(Labels.RUN)
        ? Set.of()
        : Set.of(new ResourceID(labels.get(Labels.RUN), object.getMetadata().getNamespace()));
  }

  public List<EventSource<?, RunSummary>> sources() {
    return List.of(pods, jobs, deployments, services);
  }

  /**
   * Whether all informers have synced in this namespace. Before that, an object that they do not
   * show may exist.
   */
  public boolean hasSynced(String namespace) {
    return Stream.of(pods, jobs, deployments, services)
        .map(InformerEventSource::informerHealthIndicators)
        .map(health -> health.getOrDefault(namespace, health.get(Constants.WATCH_ALL_NAMESPACES)))
        .allMatch(informer -> informer != null && informer.hasSynced());
  }

  /**
   * The objects of this run in the informers' caches. Objects of an earlier run with the same name
   * are not included.
   */
  public RunObjects objects(RunSummary run, Map<String, Refusal> refusals) {
    return new RunObjects(
        of(run, jobs), of(run, deployments), of(run, services), of(run, pods), refusals);
  }

  /** Other runs that have pods, as namespace/name. */
  public List<String> neighbours(HasMetadata run) {
    return otherRuns(run).map(other -> other.namespace() + "/" + other.name()).toList();
  }

  /** Other runs that have pods. */
  public Stream<RunIdentity> otherRuns(HasMetadata run) {
    return podsOfAllRuns().stream()
        .filter(pod -> !belongsTo(run, pod))
        .map(
            pod ->
                new RunIdentity(
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getLabels().get(Labels.RUN),
                    pod.getMetadata().getLabels().get(Labels.RUN_UID)))
        .distinct();
  }

  /** Pods of all runs in the watched namespaces. */
  public List<Pod> podsOfAllRuns() {
    return pods.list(Origin::isOfItsRun).toList();
  }

  private static <R extends HasMetadata> List<R> of(
      RunSummary run, InformerEventSource<R, RunSummary> informer) {
    return informer.getSecondaryResources(run).stream()
        .filter(object -> belongsTo(run, object))
        .toList();
  }

  public static boolean isSameRun(HasMetadata one, HasMetadata other) {
    return one.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  static boolean belongsTo(HasMetadata run, HasMetadata object) {
    return run.getMetadata().getUid().equals(object.getMetadata().getLabels().get(Labels.RUN_UID));
  }
}

package bench.podium.controller;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.observe.RunObjects;
import bench.podium.observe.RunObjects.Refusal;
import bench.podium.resources.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One informer a kind, over objects that bear a run's label and over nothing else. */
final class RunInformers {

  private RunInformers() {}

  static List<EventSource<?, BenchmarkRun>> sources(EventSourceContext<BenchmarkRun> context) {
    return List.of(
        source(Pod.class, context), source(Job.class, context), source(Deployment.class, context));
  }

  private static <R extends HasMetadata> EventSource<R, BenchmarkRun> source(
      Class<R> kind, EventSourceContext<BenchmarkRun> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, BenchmarkRun.class)
            .withLabelSelector(Labels.RUN_UID)
            .withSecondaryToPrimaryMapper(RunInformers::owner)
            .withNamespacesInheritedFromController()
            .build(),
        context);
  }

  private static Set<ResourceID> owner(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null || !labels.containsKey(Labels.RUN)
        ? Set.of()
        : Set.of(new ResourceID(labels.get(Labels.RUN), object.getMetadata().getNamespace()));
  }

  /** What stands of this run, as the informers know it; of an earlier run of its name, nothing. */
  static RunObjects objects(
      BenchmarkRun run, Context<BenchmarkRun> context, Map<String, Refusal> refusals) {
    String uid = run.getMetadata().getUid();
    return new RunObjects(
        of(Job.class, uid, context),
        of(Deployment.class, uid, context),
        of(Pod.class, uid, context),
        refusals);
  }

  /** The pods of a run other than the one that is reconciled. */
  static RunObjects objectsOf(BenchmarkRun other, Context<BenchmarkRun> context) {
    String uid = other.getMetadata().getUid();
    List<Pod> pods =
        context
            .eventSourceRetriever()
            .getEventSourceFor(Pod.class)
            .getSecondaryResources(other)
            .stream()
            .filter(pod -> isOf(uid, pod))
            .toList();
    return new RunObjects(List.of(), List.of(), pods, Map.of());
  }

  private static <R extends HasMetadata> List<R> of(
      Class<R> kind, String uid, Context<BenchmarkRun> context) {
    return context.getSecondaryResourcesAsStream(kind).filter(object -> isOf(uid, object)).toList();
  }

  private static boolean isOf(String uid, HasMetadata object) {
    return uid.equals(object.getMetadata().getLabels().get(Labels.RUN_UID));
  }
}

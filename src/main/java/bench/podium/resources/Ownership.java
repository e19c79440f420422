package bench.podium.resources;

import bench.podium.domain.plan.RunIdentity;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The metadata of a run's objects. The run owns them, so that deleting it deletes them. */
final class Ownership {

  /** Keeps autoscalers from draining the node of a pod, which would disturb the measurement. */
  static final Map<String, String> DO_NOT_DISRUPT =
      Collections.unmodifiableMap(
          new TreeMap<>(
              Map.of(
                  "cluster-autoscaler.kubernetes.io/safe-to-evict", "false",
                  "karpenter.sh/do-not-disrupt", "true")));

  private Ownership() {}

  static ObjectMeta metadata(RunIdentity run, String name, Map<String, String> labels) {
    return new ObjectMetaBuilder()
        .withNamespace(run.namespace())
        .withName(name)
        .withLabels(labels)
        .withOwnerReferences(owner(run))
        .build();
  }

  private static OwnerReference owner(RunIdentity run) {
    return new OwnerReferenceBuilder()
        .withApiVersion("podium.bench/v1alpha1")
        .withKind("BenchmarkRun")
        .withName(run.name())
        .withUid(run.uid())
        .withController(true)
        .withBlockOwnerDeletion(false)
        .build();
  }
}

package bench.podium.resources;

import bench.podium.domain.plan.RunIdentity;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The metadata of all that a run makes: owned by the run, so that deleting it deletes them. */
final class Ownership {

  /** A node that is drained for its own convenience spoils a measurement. */
  static final Map<String, String> DO_NOT_DISTURB =
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

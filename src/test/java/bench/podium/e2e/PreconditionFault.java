package bench.podium.e2e;

import static org.awaitility.Awaitility.await;

import bench.podium.testing.RealCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Faults of the cluster that exist before a run is created and keep it from starting. */
enum PreconditionFault {
  /** No fault. */
  NONE,

  /** A CPU quota with room for the workers, which request 25m each, but not for a larger target. */
  CPU_QUOTA_EXCEEDED,

  /** A memory quota with room for a small target and its collector, but not for workers. */
  MEMORY_QUOTA_EXCEEDED,

  /** A quota of no Deployments. */
  DEPLOYMENT_QUOTA_EXCEEDED,

  /** A quota of no Jobs. */
  JOB_QUOTA_EXCEEDED,

  /** Pods on all nodes that leave no room for a pod with a CPU request, such as a worker. */
  NODES_FULL;

  /** CPU cores that are left on a full node. */
  private static final BigDecimal REST = new BigDecimal("0.010");

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** An injected fault. */
  interface Injected {
    /** Returns once the fault is removed. */
    void undo();
  }

  /** Returns once the fault is injected. */
  Injected inject(RealCluster cluster) {
    List<HasMetadata> objects =
        switch (this) {
          case NONE -> List.of();
          case CPU_QUOTA_EXCEEDED -> List.of(quota(cluster, "requests.cpu", "100m"));
          case MEMORY_QUOTA_EXCEEDED -> List.of(quota(cluster, "requests.memory", "120Mi"));
          case DEPLOYMENT_QUOTA_EXCEEDED -> List.of(quota(cluster, "count/deployments.apps", "0"));
          case JOB_QUOTA_EXCEEDED -> List.of(quota(cluster, "count/jobs.batch", "0"));
          case NODES_FULL -> fillers(cluster);
        };
    objects.forEach(object -> cluster.client().resource(object).create());
    objects.forEach(
        object ->
            await("the fault injected").atMost(TIMEOUT).until(() -> isInEffect(cluster, object)));
    return () ->
        objects.forEach(
            object -> {
              cluster.client().resource(object).withGracePeriod(0).delete();
              await("the fault removed")
                  .atMost(TIMEOUT)
                  .until(() -> cluster.client().resource(object).get() == null);
            });
  }

  private static boolean isInEffect(RealCluster cluster, HasMetadata object) {
    HasMetadata found = cluster.client().resource(object).get();
    return switch (found) {
      case ResourceQuota quota -> quota.getStatus() != null && quota.getStatus().getHard() != null;
      case Pod pod -> "Running".equals(pod.getStatus().getPhase());
      default -> throw new IllegalStateException(found.getKind());
    };
  }

  private static HasMetadata quota(RealCluster cluster, String resource, String max) {
    return new ResourceQuotaBuilder()
        .withNewMetadata()
        .withNamespace(cluster.namespace())
        .withName("few")
        .endMetadata()
        .withNewSpec()
        .withHard(Map.of(resource, new Quantity(max)))
        .endSpec()
        .build();
  }

  /** One pod per node, which requests all free CPU except for a small rest. */
  private static List<HasMetadata> fillers(RealCluster cluster) {
    return cluster.client().nodes().list().getItems().stream()
        .map(node -> filler(cluster, node))
        .toList();
  }

  private static HasMetadata filler(RealCluster cluster, Node node) {
    String name = node.getMetadata().getName();
    BigDecimal requested =
        cluster
            .client()
            .pods()
            .inAnyNamespace()
            .withField("spec.nodeName", name)
            .list()
            .getItems()
            .stream()
            .filter(pod -> !List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()))
            .flatMap(PreconditionFault::requests)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal free = amount(node.getStatus().getAllocatable().get("cpu")).subtract(requested);
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(cluster.namespace())
        .withName("filler-" + name)
        .endMetadata()
        .withNewSpec()
        .withNodeName(name)
        .addNewContainer()
        .withName("filler")
        .withImage("podium/target-faulty:1")
        .withNewResources()
        .addToRequests("cpu", new Quantity(free.subtract(REST).toPlainString()))
        .endResources()
        .endContainer()
        .endSpec()
        .build();
  }

  private static Stream<BigDecimal> requests(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .filter(each -> each.getResources() != null && each.getResources().getRequests() != null)
        .flatMap(each -> Stream.ofNullable(each.getResources().getRequests().get("cpu")))
        .map(PreconditionFault::amount);
  }

  private static BigDecimal amount(Quantity quantity) {
    return quantity.getNumericalAmount();
  }
}

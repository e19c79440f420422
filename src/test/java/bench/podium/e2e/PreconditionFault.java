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

/** What stands in a run's way before it is made. */
enum PreconditionFault {
  NONE,

  /** Room for the workers, which ask for 25m each, and not for a target that asks for more. */
  QUOTA_OF_CPU,

  /** Room for a small target with its collector, and not for workers. */
  QUOTA_OF_MEMORY,

  /** Not even a Deployment may be made. */
  QUOTA_OF_DEPLOYMENTS,

  /** Nor a Job. */
  QUOTA_OF_JOBS,

  /** No node has room for a pod that asks for CPU, as workers do. */
  NODES_ARE_FULL;

  private static final BigDecimal CRUMBS = new BigDecimal("0.010");
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** What was laid, to be taken away again. */
  interface Laid extends AutoCloseable {
    @Override
    void close();
  }

  Laid lay(RealCluster cluster) {
    List<HasMetadata> objects =
        switch (this) {
          case NONE -> List.of();
          case QUOTA_OF_CPU -> List.of(quota(cluster, "requests.cpu", "100m"));
          case QUOTA_OF_MEMORY -> List.of(quota(cluster, "requests.memory", "120Mi"));
          case QUOTA_OF_DEPLOYMENTS -> List.of(quota(cluster, "count/deployments.apps", "0"));
          case QUOTA_OF_JOBS -> List.of(quota(cluster, "count/jobs.batch", "0"));
          case NODES_ARE_FULL -> fillers(cluster);
        };
    objects.forEach(object -> cluster.client().resource(object).create());
    objects.forEach(
        object -> await("the obstacle").atMost(TIMEOUT).until(() -> holds(cluster, object)));
    return () ->
        objects.forEach(
            object -> {
              cluster.client().resource(object).withGracePeriod(0).delete();
              await("the obstacle gone")
                  .atMost(TIMEOUT)
                  .until(() -> cluster.client().resource(object).get() == null);
            });
  }

  private static boolean holds(RealCluster cluster, HasMetadata object) {
    HasMetadata found = cluster.client().resource(object).get();
    return switch (found) {
      case ResourceQuota quota -> quota.getStatus() != null && quota.getStatus().getHard() != null;
      case Pod pod -> "Running".equals(pod.getStatus().getPhase());
      default -> throw new IllegalStateException(found.getKind());
    };
  }

  private static HasMetadata quota(RealCluster cluster, String resource, String most) {
    return new ResourceQuotaBuilder()
        .withNewMetadata()
        .withNamespace(cluster.namespace())
        .withName("few")
        .endMetadata()
        .withNewSpec()
        .withHard(Map.of(resource, new Quantity(most)))
        .endSpec()
        .build();
  }

  /** One pod a node, which asks for all that is free but for crumbs. */
  private static List<HasMetadata> fillers(RealCluster cluster) {
    return cluster.client().nodes().list().getItems().stream()
        .map(node -> filler(cluster, node))
        .toList();
  }

  private static HasMetadata filler(RealCluster cluster, Node node) {
    String name = node.getMetadata().getName();
    BigDecimal asked =
        cluster
            .client()
            .pods()
            .inAnyNamespace()
            .withField("spec.nodeName", name)
            .list()
            .getItems()
            .stream()
            .filter(pod -> !List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()))
            .flatMap(PreconditionFault::asksFor)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal free = amount(node.getStatus().getAllocatable().get("cpu")).subtract(asked);
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
        .addToRequests("cpu", new Quantity(free.subtract(CRUMBS).toPlainString()))
        .endResources()
        .endContainer()
        .endSpec()
        .build();
  }

  private static Stream<BigDecimal> asksFor(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .filter(each -> each.getResources() != null && each.getResources().getRequests() != null)
        .flatMap(each -> Stream.ofNullable(each.getResources().getRequests().get("cpu")))
        .map(PreconditionFault::amount);
  }

  private static BigDecimal amount(Quantity quantity) {
    return quantity.getNumericalAmount();
  }
}

package bench.podium.testing;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;

/** Faults of the API server. */
public enum ApiServerFault {
  /** Kills its process: connections are refused. */
  API_SERVER_KILLED {
    @Override
    void inject(LocalCluster cluster) {
      cluster.kill("kube-apiserver");
    }

    @Override
    void undo(LocalCluster cluster) {
      cluster.start("kube-apiserver");
    }
  },
  /** Pauses its process: connections are accepted but never answered. */
  API_SERVER_PAUSED {
    @Override
    void inject(LocalCluster cluster) {
      cluster.pause("kube-apiserver");
    }

    @Override
    void undo(LocalCluster cluster) {
      cluster.resume("kube-apiserver");
    }
  },
  /** Drops all packets to it. */
  NETWORK_CUT {
    @Override
    void inject(LocalCluster cluster) {
      cluster.cutNetwork();
    }

    @Override
    void undo(LocalCluster cluster) {
      cluster.restoreNetwork();
    }
  },
  /** Kills etcd: the API server answers but can neither read nor write. */
  ETCD_KILLED {
    @Override
    void inject(LocalCluster cluster) {
      cluster.kill("etcd");
    }

    @Override
    void undo(LocalCluster cluster) {
      cluster.start("etcd");
    }
  };

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
  private static final Duration READY_TIMEOUT = Duration.ofMinutes(1);

  /** Returns once the fault is injected. */
  abstract void inject(LocalCluster cluster);

  /** Ends the fault; the API server may need some more time. */
  abstract void undo(LocalCluster cluster);

  /**
   * Injects the fault, and ends it after some time.
   *
   * @param duration for which it lasts, at least
   * @param onceInjected runs as soon as the fault is injected
   * @return when the API server was ready again according to {@code /readyz}
   */
  public Instant injectFor(
      Duration duration, LocalCluster cluster, KubernetesClient client, Runnable onceInjected) {
    Instant until = Instant.now().plus(duration);
    inject(cluster);
    try {
      onceInjected.run();
      await("the end of the fault")
          .pollInterval(POLL_INTERVAL)
          .atMost(duration.plusSeconds(5))
          .until(() -> !Instant.now().isBefore(until));
    } finally {
      undo(cluster);
    }
    await("the API server to be ready")
        .pollInterval(POLL_INTERVAL)
        .pollDelay(Duration.ZERO)
        .atMost(READY_TIMEOUT)
        .until(() -> isReady(client));
    return Instant.now();
  }

  private static boolean isReady(KubernetesClient client) {
    try {
      return "ok".equals(client.raw("/readyz"));
    } catch (KubernetesClientException e) {
      return false;
    }
  }
}

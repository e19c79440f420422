package bench.podium.testing;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;

/** The ways in which the API server can be away. */
public enum ApiServerFault {
  /** Its process is gone: connections are refused. */
  API_SERVER_KILLED {
    @Override
    void begin(LocalCluster cluster) {
      cluster.kill("kube-apiserver");
    }

    @Override
    void end(LocalCluster cluster) {
      cluster.start("kube-apiserver");
    }
  },
  /** Connections are accepted, and never answered. */
  API_SERVER_STOPPED {
    @Override
    void begin(LocalCluster cluster) {
      cluster.pause("kube-apiserver");
    }

    @Override
    void end(LocalCluster cluster) {
      cluster.resume("kube-apiserver");
    }
  },
  /** Packets vanish. */
  CUT_OFF {
    @Override
    void begin(LocalCluster cluster) {
      cluster.cutOff();
    }

    @Override
    void end(LocalCluster cluster) {
      cluster.reconnect();
    }
  },
  /** The API server is there, and cannot read or write. */
  ETCD_KILLED {
    @Override
    void begin(LocalCluster cluster) {
      cluster.kill("etcd");
    }

    @Override
    void end(LocalCluster cluster) {
      cluster.start("etcd");
    }
  };

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
  private static final Duration BACK = Duration.ofMinutes(1);

  abstract void begin(LocalCluster cluster);

  abstract void end(LocalCluster cluster);

  /**
   * Away for this long.
   *
   * @param whenAway done at its beginning
   * @return when it was back, by its own word
   */
  public Instant last(
      Duration time, LocalCluster cluster, KubernetesClient client, Runnable whenAway) {
    Instant until = Instant.now().plus(time);
    begin(cluster);
    try {
      whenAway.run();
      await("the absence to be over")
          .pollInterval(POLL_INTERVAL)
          .atMost(time.plusSeconds(5))
          .until(() -> !Instant.now().isBefore(until));
    } finally {
      end(cluster);
    }
    await("the API server to be back")
        .pollInterval(POLL_INTERVAL)
        .pollDelay(Duration.ZERO)
        .atMost(BACK)
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

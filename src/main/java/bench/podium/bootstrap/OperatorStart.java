package bench.podium.bootstrap;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Starts the operator once the API server is available. An unavailable API server does not end the
 * process: the kubelet would restart it with growing delays, so that the operator would be late
 * when the API server is back.
 */
@ApplicationScoped
public class OperatorStart {

  private static final Logger LOG = Logger.getLogger(OperatorStart.class);
  private static final int POLL_INTERVAL_MILLIS = 1000;
  private static final int LOG_INTERVAL_SECONDS = 30;
  private static final int CANNOT_START = 1;

  private final Operator operator;
  private final KubernetesClient client;
  private final Leadership leadership;
  private final WatchedNamespaces namespaces;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("start").daemon().factory());

  public OperatorStart(
      Operator operator,
      KubernetesClient client,
      Leadership leadership,
      WatchedNamespaces namespaces) {
    this.operator = operator;
    this.client = client;
    this.leadership = leadership;
    this.namespaces = namespaces;
  }

  void onStart(@Observes StartupEvent event) {
    thread.execute(() -> poll(0));
  }

  void onEnd(@Observes ShutdownEvent event) {
    leadership.beginShutdown();
    thread.shutdownNow();
    operator.stop();
  }

  private void poll(int polls) {
    Optional<String> problem = problem();
    if (problem.isEmpty()) {
      start();
      return;
    }
    if (polls % LOG_INTERVAL_SECONDS == 0) {
      LOG.warnf("waiting for the API server: %s", problem.get());
    }
    var _ = thread.schedule(() -> poll(polls + 1), POLL_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Why the API server is unavailable; empty if it is available. A 4xx response counts as
   * available.
   */
  private Optional<String> problem() {
    try {
      client.raw("/readyz");
      return Optional.empty();
    } catch (KubernetesClientException e) {
      boolean isClientError =
          e.getCode() >= HttpURLConnection.HTTP_BAD_REQUEST
              && e.getCode() < HttpURLConnection.HTTP_INTERNAL_ERROR;
      return isClientError ? Optional.empty() : Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void start() {
    try {
      operator.start();
      logUnwatchedNamespaces(Set.of());
    } catch (RuntimeException e) {
      LOG.error("cannot start", e);
      Runtime.getRuntime().halt(CANNOT_START);
    }
  }

  /** Logs once per change, in place of the framework's repeated messages. */
  private void logUnwatchedNamespaces(Set<String> before) {
    Set<String> unread = namespaces.unread();
    if (!unread.isEmpty() && !unread.equals(before)) {
      LOG.warnf(
          "cannot watch %s: do the namespaces, the chart's Roles in them, and the CRD exist?"
              + " Retrying; runs in other namespaces continue",
          String.join(", ", unread));
    } else if (unread.isEmpty() && !before.isEmpty()) {
      LOG.infof("now watching %s", String.join(", ", before));
    }
    var _ =
        thread.schedule(
            () -> logUnwatchedNamespaces(unread), LOG_INTERVAL_SECONDS, TimeUnit.SECONDS);
  }
}

package bench.podium.controller.agent;

import bench.podium.domain.observation.AgentPod;
import bench.podium.domain.observation.CollectorObservation;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.resources.TargetResources;
import bench.podium.resources.WorkerResources;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Writes commands to a container's standard input through the API server's attach endpoint, which
 * does not depend on the kubelet's own, possibly delayed, view of the pod. Sending is asynchronous
 * and best effort; failures are only logged.
 */
final class StdinCommandSender {

  private static final Logger LOG = Logger.getLogger(StdinCommandSender.class);

  /**
   * How long the connection stays open, so that the data passes through the API server and the
   * kubelet.
   */
  private static final Duration OPEN_DURATION = Duration.ofSeconds(1);

  private final KubernetesClient client;
  private final ScheduledExecutorService closer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("pod-input").daemon().factory());
  private volatile boolean failing;

  StdinCommandSender(KubernetesClient client) {
    this.client = client;
  }

  /** Sends the command on another thread and returns immediately. */
  void send(String namespace, AgentPod pod, String command) {
    Thread.ofVirtual().name("pod-input").start(() -> write(namespace, pod, command));
  }

  private void write(String namespace, AgentPod pod, String command) {
    try {
      ExecWatch attachment =
          client
              .pods()
              .inNamespace(namespace)
              .withName(pod.pod())
              .inContainer(container(pod))
              .redirectingInput()
              .attach();
      var _ = closer.schedule(attachment::close, OPEN_DURATION.toMillis(), TimeUnit.MILLISECONDS);
      attachment.getInput().write((command + "\n").getBytes(StandardCharsets.UTF_8));
      attachment.getInput().flush();
      failing = false;
    } catch (KubernetesClientException | IOException e) {
      // Warn once per series of failures: without pods/attach, the annotation still delivers it.
      LOG.logf(
          failing ? Logger.Level.DEBUG : Logger.Level.WARN,
          "command to the standard input of pod %s/%s: %s",
          namespace,
          pod.pod(),
          e.getMessage());
      failing = true;
    }
  }

  private static String container(AgentPod pod) {
    return switch (pod) {
      case WorkerObservation _ -> WorkerResources.CONTAINER;
      case CollectorObservation _ -> TargetResources.COLLECTOR;
    };
  }
}

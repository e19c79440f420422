package bench.podium.testing;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Follows the log of a pod to its end, also if the API server fails meanwhile. Each stream starts
 * at the beginning of the log, so that the consumer gets the same lines repeatedly.
 *
 * <p>A stream may be dead without an end, and a pod is deleted soon after its final message. So a
 * new stream is opened every few seconds, and the previous one is closed some time later.
 */
final class FollowedLog {

  private static final Duration RETRY_INTERVAL = Duration.ofMillis(200);
  private static final Duration REOPEN_INTERVAL = Duration.ofSeconds(4);
  private static final Duration OVERLAP = Duration.ofSeconds(2);

  private final KubernetesClient client;
  private final Pod pod;
  private final String container;
  private final Predicate<String> isFinalMessage;
  private final ScheduledExecutorService timer;
  private final AtomicReference<Object> newest = new AtomicReference<>();
  private final Set<LogWatch> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  /**
   * @param pod as first observed
   * @param isFinalMessage consumes a line; returns whether it is the final message
   */
  FollowedLog(
      KubernetesClient client,
      Pod pod,
      String container,
      Predicate<String> isFinalMessage,
      ScheduledExecutorService timer) {
    this.client = client;
    this.pod = pod;
    this.container = container;
    this.isFinalMessage = isFinalMessage;
    this.timer = timer;
  }

  void start() {
    if (!ended) {
      attach();
      var unused = timer.schedule(this::start, REOPEN_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Whether the log is read to its end and all streams are closed. */
  boolean ended() {
    return ended && open.isEmpty();
  }

  String name() {
    return pod.getMetadata().getName();
  }

  void close() {
    ended = true;
    open.forEach(FollowedLog::close);
  }

  /** Closing the watch alone leaves the stream open, and its response leaks. */
  private static void close(LogWatch watch) {
    watch.close();
    try {
      watch.getOutput().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void attach() {
    if (!ended) {
      Object reader = new Object();
      newest.set(reader);
      Thread.ofVirtual().name("audit-" + name()).start(() -> read(reader));
    }
  }

  /**
   * Reads a stream to its end; then the newest stream decides how to continue. While the API server
   * is not available no stream is opened, because the client would log each failure.
   */
  private void read(Object reader) {
    Presence before = presence();
    boolean readToEnd = before.exists() && readAll(reader);
    if (newest.get() != reader || ended) {
      return;
    }
    if (before == Presence.GONE || (before == Presence.TERMINATED && readToEnd)) {
      ended = true;
      return;
    }
    var unused = timer.schedule(this::attach, RETRY_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private boolean readAll(Object reader) {
    try (LogWatch watch =
        client
            .pods()
            .inNamespace(pod.getMetadata().getNamespace())
            .withName(name())
            .inContainer(container)
            .withReadyWaitTimeout(0)
            .watchLog()) {
      open.add(watch);
      ScheduledFuture<?> overlap = closeWhenFollowed(reader, watch);
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(watch.getOutput(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          ended |= isFinalMessage.test(line);
        }
        return true;
      } finally {
        overlap.cancel(false);
        open.remove(watch);
      }
    } catch (IOException | RuntimeException e) {
      // The API server is not available, or the container has not started: it is tried again. A
      // broken stream throws various exceptions.
      return false;
    }
  }

  private ScheduledFuture<?> closeWhenFollowed(Object reader, LogWatch watch) {
    return timer.scheduleWithFixedDelay(
        () -> {
          if (newest.get() != reader) {
            close(watch);
          }
        },
        OVERLAP.toMillis(),
        OVERLAP.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private enum Presence {
    /** The API server is not available. */
    UNKNOWN,
    RUNNING,
    /** Its container has terminated and will not restart. */
    TERMINATED,
    GONE;

    boolean exists() {
      return this == RUNNING || this == TERMINATED;
    }
  }

  private Presence presence() {
    try {
      Pod now = client.pods().inNamespace(pod.getMetadata().getNamespace()).withName(name()).get();
      if (now == null || !now.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
        return Presence.GONE;
      }
      return isFinished(now) ? Presence.TERMINATED : Presence.RUNNING;
    } catch (KubernetesClientException e) {
      return Presence.UNKNOWN;
    }
  }

  private boolean isFinished(Pod now) {
    return !"Always".equals(now.getSpec().getRestartPolicy())
        && now.getStatus().getContainerStatuses().stream()
            .filter(status -> status.getName().equals(container))
            .map(status -> status.getState())
            .filter(Objects::nonNull)
            .map(ContainerState::getTerminated)
            .anyMatch(Objects::nonNull);
  }
}

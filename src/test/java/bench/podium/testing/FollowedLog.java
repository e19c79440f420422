package bench.podium.testing;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
 * A pod's log, read to its end whatever becomes of the API server meanwhile. Each attachment reads
 * from the beginning, so that lines come again and again: whoever takes them must know them.
 *
 * <p>A stream may be dead without an end, and a pod that has said its last word is gone soon. So
 * the log is attached anew every few seconds, and the attachment before is closed only some time
 * after.
 */
final class FollowedLog {

  private static final Duration AGAIN = Duration.ofMillis(200);
  private static final Duration ANEW = Duration.ofSeconds(4);
  private static final Duration OVERLAP = Duration.ofSeconds(2);

  private final KubernetesClient client;
  private final Pod pod;
  private final String container;
  private final Predicate<String> takesLastLine;
  private final ScheduledExecutorService timer;
  private final AtomicReference<Object> newest = new AtomicReference<>();
  private final Set<LogWatch> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  /**
   * @param pod as first seen
   * @param takesLastLine is given each line; says whether it was the last of all
   */
  FollowedLog(
      KubernetesClient client,
      Pod pod,
      String container,
      Predicate<String> takesLastLine,
      ScheduledExecutorService timer) {
    this.client = client;
    this.pod = pod;
    this.container = container;
    this.takesLastLine = takesLastLine;
    this.timer = timer;
  }

  void start() {
    if (!ended) {
      attach();
      var unused = timer.schedule(this::start, ANEW.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Whether nothing more will come, from no attachment. */
  boolean ended() {
    return ended && open.isEmpty();
  }

  String name() {
    return pod.getMetadata().getName();
  }

  void close() {
    ended = true;
    open.forEach(LogWatch::close);
  }

  private void attach() {
    if (!ended) {
      Object reader = new Object();
      newest.set(reader);
      Thread.ofVirtual().name("witness-" + name()).start(() -> read(reader));
    }
  }

  /**
   * An attachment that another has followed just ends; the newest one looks what comes next. While
   * the API server is away nothing is attached: the client would say so at length each time.
   */
  private void read(Object reader) {
    Presence before = presence();
    boolean readToItsEnd = before.isThere() && readAll(reader);
    if (newest.get() != reader || ended) {
      return;
    }
    if (before == Presence.GONE || (before == Presence.OVER && readToItsEnd)) {
      ended = true;
      return;
    }
    var unused = timer.schedule(this::attach, AGAIN.toMillis(), TimeUnit.MILLISECONDS);
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
          ended |= takesLastLine.test(line);
        }
        return true;
      } finally {
        overlap.cancel(false);
        open.remove(watch);
      }
    } catch (IOException | RuntimeException e) {
      // The API server is away, or the container has not started: it is tried again. A stream that
      // breaks throws exceptions of all kinds.
      return false;
    }
  }

  private ScheduledFuture<?> closeWhenFollowed(Object reader, LogWatch watch) {
    return timer.scheduleWithFixedDelay(
        () -> {
          if (newest.get() != reader) {
            watch.close();
          }
        },
        OVERLAP.toMillis(),
        OVERLAP.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private enum Presence {
    /** The API server does not say. */
    UNKNOWN,
    THERE,
    /** Its container has ended for good. */
    OVER,
    GONE;

    boolean isThere() {
      return this == THERE || this == OVER;
    }
  }

  private Presence presence() {
    try {
      Pod now = client.pods().inNamespace(pod.getMetadata().getNamespace()).withName(name()).get();
      if (now == null || !now.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
        return Presence.GONE;
      }
      return isFinished(now) ? Presence.OVER : Presence.THERE;
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

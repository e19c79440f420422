package bench.podium.controller.cluster;

import bench.podium.domain.plan.RunIdentity;
import bench.podium.events.RunEvent;
import bench.podium.events.RunEvents;
import bench.podium.resources.EventResources;
import bench.podium.resources.Names;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Writes Kubernetes Events about runs, asynchronously and best effort: no run waits for an Event,
 * and one that cannot be written is dropped.
 *
 * <p>Each Event is created once, under a deterministic name, and never changed. This operator skips
 * the ones that it has already emitted; one that another operator has emitted exists under the same
 * name.
 */
public final class EventWriter {

  private static final Logger LOG = Logger.getLogger(EventWriter.class);

  /** Events waiting for the API server; more than a run of 100 steps emits at once. */
  private static final int MAX_PENDING = 256;

  private final Consumer<Event> create;
  private final EventResources resources;
  private final Clock clock;
  private final Map<String, Emitted> emitted = new ConcurrentHashMap<>();
  // A single thread keeps the Events in order.
  private final ExecutorService executor =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_PENDING),
          Thread.ofVirtual().name("events").factory());
  private volatile boolean failing;

  /**
   * @param names of the run's Events that were emitted; grows while the run is active
   * @param last when an Event of the run was last recorded
   */
  private record Emitted(Set<String> names, Instant last) {}

  /**
   * @param create sends an Event to the API server
   */
  public EventWriter(Consumer<Event> create, EventResources resources, Clock clock) {
    this.create = create;
    this.resources = resources;
    this.clock = clock;
  }

  /**
   * Queues the Events and returns immediately. Events that this operator has already emitted are
   * skipped.
   */
  public void record(RunIdentity run, List<RunEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    Set<String> names = emittedFor(run.uid());
    // Called at every reconciliation: most Events have been emitted, and only their names are
    // computed.
    events.stream()
        .filter(event -> names.add(Names.event(run, event)))
        .map(event -> resources.event(run, event, clock.instant()))
        .forEach(this::send);
  }

  /**
   * The names of the Events emitted for this run. Also drops those of runs that have had no Events
   * for a while: they have finished or were deleted.
   */
  private Set<String> emittedFor(String runUid) {
    Instant now = clock.instant();
    emitted.values().removeIf(each -> !RunEvents.isRecent(each.last(), now));
    return emitted
        .merge(
            runUid,
            new Emitted(ConcurrentHashMap.newKeySet(), now),
            (known, fresh) -> new Emitted(known.names(), fresh.last()))
        .names();
  }

  private void send(Event event) {
    try {
      executor.execute(() -> emit(event));
    } catch (RejectedExecutionException e) {
      drop(event, "too many Events are waiting for the API server");
    }
  }

  private void emit(Event event) {
    try {
      create.accept(event);
      failing = false;
    } catch (KubernetesClientException e) {
      switch (e.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT -> failing = false;
        // Rejected: a retry would be rejected as well.
        case HttpURLConnection.HTTP_FORBIDDEN,
            HttpURLConnection.HTTP_NOT_FOUND,
            GuardedWrites.UNPROCESSABLE ->
            warn(event, e.getMessage());
        default -> drop(event, e.getMessage());
      }
    }
  }

  /** Forgets the Event, so that it is emitted at a later reconciliation if it still applies. */
  private void drop(Event event, String why) {
    Optional.ofNullable(emitted.get(event.getInvolvedObject().getUid()))
        .ifPresent(each -> each.names().remove(name(event)));
    warn(event, why);
  }

  /** Warns once per series of failures, so that harmless failures do not fill the log. */
  private void warn(Event event, String why) {
    LOG.logf(
        failing ? Logger.Level.DEBUG : Logger.Level.WARN,
        "event %s/%s was not written: %s",
        event.getMetadata().getNamespace(),
        name(event),
        why);
    failing = true;
  }

  private static String name(Event event) {
    return event.getMetadata().getName();
  }
}

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
 * Tells people what happens to their runs. No run waits for it and none depends on it: what cannot
 * be told is dropped.
 *
 * <p>Each Event is created once and never changed. What this operator has told it does not send
 * again; what another has told stands under the same name already.
 */
public final class EventWriter {

  private static final Logger LOG = Logger.getLogger(EventWriter.class);

  /** More than a run of 100 steps tells in one go. */
  private static final int MAX_WAITING = 256;

  private final Consumer<Event> create;
  private final EventResources resources;
  private final Clock clock;
  private final Map<String, Emitted> emitted = new ConcurrentHashMap<>();
  // One thread keeps their order.
  private final ExecutorService teller =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          Thread.ofVirtual().name("events").factory());
  private volatile boolean failing;

  /**
   * @param names of a run's Events; grows while there is news of the run
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

  /** Returns at once; those that this operator has told already are passed over. */
  public void record(RunIdentity run, List<RunEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    Set<String> names = emittedFor(run.uid());
    // At every look: most have been told, and need no more than their name.
    events.stream()
        .filter(event -> names.add(Names.event(run, event)))
        .map(event -> resources.event(run, event, clock.instant()))
        .forEach(this::send);
  }

  /** Drops what was told of runs of which there has been no news since: they are over, or gone. */
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
      teller.execute(() -> emit(event));
    } catch (RejectedExecutionException e) {
      dropped(event, "too many wait for the API server");
    }
  }

  private void emit(Event event) {
    try {
      create.accept(event);
      failing = false;
    } catch (KubernetesClientException e) {
      switch (e.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT -> failing = false;
        // Refused: it would be again.
        case HttpURLConnection.HTTP_FORBIDDEN,
            HttpURLConnection.HTTP_NOT_FOUND,
            GuardedWrites.UNPROCESSABLE ->
            warn(event, e.getMessage());
        default -> dropped(event, e.getMessage());
      }
    }
  }

  /** What still stands the next time that somebody looks is told then. */
  private void dropped(Event event, String why) {
    Optional.ofNullable(emitted.get(event.getInvolvedObject().getUid()))
        .ifPresent(each -> each.names().remove(name(event)));
    warn(event, why);
  }

  /** Once while it lasts: the log is not to be filled with what does no harm. */
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

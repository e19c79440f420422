package bench.podium.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.events.EventReason;
import bench.podium.events.RunEvent;
import bench.podium.resources.EventResources;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Events are sent and how often, with a simulated API server. */
class EventWriterTest {

  private static final RunIdentity RUN = new RunIdentity("bench", "shop", "uid-1");

  /** Sent last, so that all earlier Events have been processed. */
  private static final RunEvent LAST = event("last");

  private final List<String> sent = new CopyOnWriteArrayList<>();
  private Instant now = PlanFixture.START;

  @Test
  void sendsEventsInOrder() {
    // Given
    EventWriter writer = writer(event -> {});
    List<RunEvent> events = IntStream.range(0, 100).mapToObj(i -> event("" + i)).toList();

    // When
    writer.record(RUN, events);

    // Then
    assertThat(sentUntilLast(writer))
        .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "" + i).toList());
  }

  @Test
  void sendsEachEventOnceHoweverOftenItIsRecorded() {
    // Given
    EventWriter writer = writer(event -> {});

    // When
    writer.record(RUN, List.of(event("a"), event("b")));
    writer.record(RUN, List.of(event("a"), event("b"), event("c")));

    // Then
    assertThat(sentUntilLast(writer)).containsExactly("a", "b", "c");
  }

  @Test
  void dropsEventsInsteadOfWaitingForAnUnresponsiveApiServer() {
    // Given
    CountDownLatch answers = new CountDownLatch(1);
    EventWriter writer = writer(event -> awaitAnswers(answers));
    List<RunEvent> events = IntStream.range(0, 1_000).mapToObj(i -> event("" + i)).toList();

    // When: it comes back, or this test does not
    writer.record(RUN, events);

    // Then
    answers.countDown();
    await().until(() -> sent.size() >= 257);
    assertThat(sentUntilLast(writer))
        .isEqualTo(IntStream.range(0, 257).mapToObj(i -> "" + i).toList());
  }

  @Test
  void retriesAFailedEventWhenItIsRecordedAgain() {
    // Given
    EventWriter writer =
        writer(
            event -> {
              if (sent.isEmpty()) {
                throw new KubernetesClientException("connection refused");
              }
            });
    writer.record(RUN, List.of(event("a"), event("b")));
    await().until(() -> sent.size() == 2);

    // When
    writer.record(RUN, List.of(event("a"), event("b")));

    // Then
    assertThat(sentUntilLast(writer)).containsExactly("a", "b", "a");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        HttpURLConnection.HTTP_CONFLICT,
        HttpURLConnection.HTTP_FORBIDDEN,
        HttpURLConnection.HTTP_NOT_FOUND
      })
  void doesNotRetryExistingOrRejectedEvents(int code) {
    // Given
    EventWriter writer =
        writer(
            event -> {
              throw new KubernetesClientException(new StatusBuilder().withCode(code).build());
            });
    writer.record(RUN, List.of(event("a")));
    await().until(() -> sent.size() == 1);

    // When
    writer.record(RUN, List.of(event("a"), event("b")));

    // Then
    assertThat(sentUntilLast(writer)).containsExactly("a", "b");
  }

  @Test
  void forgetsARunWithoutRecentEvents() {
    // Given
    EventWriter writer = writer(event -> {});
    writer.record(RUN, List.of(event("a")));

    // When
    now = now.plus(Duration.ofMinutes(10));

    // Then
    writer.record(RUN, List.of(event("a")));
    assertThat(sentUntilLast(writer)).containsExactly("a", "a");
  }

  @Test
  void remembersTheFirstEventsOfARunWithRecentOnes() {
    // Given
    EventWriter writer = writer(event -> {});
    writer.record(RUN, List.of(event("a")));
    now = now.plus(Duration.ofMinutes(9));
    writer.record(RUN, List.of(event("b")));

    // When
    now = now.plus(Duration.ofMinutes(9));

    // Then
    writer.record(RUN, List.of(event("a"), event("b"), event("c")));
    assertThat(sentUntilLast(writer)).containsExactly("a", "b", "c");
  }

  private EventWriter writer(Consumer<Event> apiServer) {
    return new EventWriter(
        event -> {
          try {
            apiServer.accept(event);
          } finally {
            sent.add(event.getMessage());
          }
        },
        new EventResources(Optional.empty()),
        ((InstantSource) () -> now).withZone(ZoneOffset.UTC));
  }

  private List<String> sentUntilLast(EventWriter writer) {
    writer.record(RUN, List.of(LAST));
    await().until(() -> sent.contains(LAST.message()));
    return List.copyOf(sent.subList(0, sent.size() - 1));
  }

  private static RunEvent event(String message) {
    return new RunEvent(EventReason.STEP_RECORDED, RunEvent.Kind.NORMAL, 1, message, message);
  }

  private static void awaitAnswers(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

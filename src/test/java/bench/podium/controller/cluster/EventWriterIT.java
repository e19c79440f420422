package bench.podium.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.controller.run.StoredRuns;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.events.EventReason;
import bench.podium.events.RunEvent;
import bench.podium.resources.EventResources;
import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events on a real API server. */
@ExtendWith(ApiServer.class)
class EventWriterIT {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");

  private final StoredRuns runs = new StoredRuns();
  private final AtomicInteger attempts = new AtomicInteger();
  private RunIdentity run;

  @BeforeEach
  void createRun() {
    BenchmarkRun stored = runs.create("shop");
    run = RunIdentities.of(stored);
  }

  @Test
  void writesEventsThatKubectlDescribeFinds() {
    // Given
    EventWriter writer = operator("podium-0", ApiServer.client());

    // When
    writer.record(run, List.of(recorded("step 1 of 2, gin low: 54.1k/s")));

    // Then
    await().until(() -> stored().size() == 1);
    Event event = stored().getFirst();
    assertThat(event.getType()).isEqualTo("Normal");
    assertThat(event.getReason()).isEqualTo("StepRecorded");
    assertThat(event.getMessage()).isEqualTo("step 1 of 2, gin low: 54.1k/s");
    assertThat(event.getCount()).isEqualTo(1);
    assertThat(event.getSource().getComponent()).isEqualTo("podium");
    assertThat(event.getReportingComponent()).isEqualTo("podium");
    assertThat(event.getReportingInstance()).isEqualTo("podium-0");
    assertThat(event.getFirstTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(event.getLastTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void leavesAnEventOfAnotherOperatorUnchanged() {
    // Given
    operator("podium-0", ApiServer.client()).record(run, List.of(recorded("as the first puts it")));
    await().until(() -> stored().size() == 1);
    Event before = stored().getFirst();
    EventWriter second = operator("podium-1", ApiServer.client());

    // When
    second.record(run, List.of(recorded("as the second puts it"), finished()));

    // Then
    await().until(() -> stored().size() == 2);
    assertThat(stored()).contains(before);
    assertThat(stored()).extracting(Event::getReason).containsExactly("StepRecorded", "Finished");
  }

  @Test
  void writesSeparateEventsForARecreatedRun() {
    // Given
    EventWriter writer = operator("podium-0", ApiServer.client());
    writer.record(run, List.of(finished()));
    await().until(() -> stored().size() == 1);
    ApiServer.client().resource(runs.read("shop")).delete();
    run = RunIdentities.of(runs.create("shop"));

    // When
    writer.record(run, List.of(finished()));

    // Then
    await().until(() -> stored().size() == 1);
    assertThat(stored().getFirst().getInvolvedObject().getUid()).isEqualTo(run.uid());
  }

  @Test
  void triesOnlyOnceWithoutThePermission() {
    // Given
    Config config = Config.fromKubeconfig(ApiServer.kubeconfig());
    config.setImpersonateUsername("nobody");
    try (KubernetesClient unprivileged =
        new KubernetesClientBuilder()
            .withHttpClientFactory(new OkHttpClientFactory())
            .withConfig(config)
            .build()) {
      EventWriter writer = operator("podium-0", unprivileged);
      writer.record(run, List.of(finished()));
      await().until(() -> attempts.get() == 1);

      // When
      writer.record(run, List.of(finished(), recorded("")));

      // Then
      await().until(() -> attempts.get() == 2);
      assertThat(stored()).isEmpty();
    }
  }

  private EventWriter operator(String name, KubernetesClient client) {
    return new EventWriter(
        event -> {
          try {
            client.resource(event).create();
          } finally {
            attempts.incrementAndGet();
          }
        },
        new EventResources(Optional.of(name)),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static RunEvent recorded(String message) {
    return new RunEvent(EventReason.STEP_RECORDED, RunEvent.Kind.NORMAL, 1, "0", message);
  }

  private static RunEvent finished() {
    return new RunEvent(EventReason.FINISHED, RunEvent.Kind.WARNING, 999, "", "Failed");
  }

  private List<Event> stored() {
    return ApiServer.client()
        .v1()
        .events()
        .inNamespace(run.namespace())
        .withField("involvedObject.kind", "BenchmarkRun")
        .withField("involvedObject.name", run.name())
        .withField("involvedObject.namespace", run.namespace())
        .withField("involvedObject.uid", run.uid())
        .list()
        .getItems();
  }
}

package bench.podium.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.BenchmarkRunStatus;
import bench.podium.api.v1alpha1.Phase;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.controller.cluster.EventWriter;
import bench.podium.controller.cluster.StatusWriter;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.plan.RunPlan;
import bench.podium.resources.EventResources;
import bench.podium.resources.Labels;
import bench.podium.status.ComponentStatus;
import bench.podium.status.RunSnapshot;
import bench.podium.status.StatusFactory;
import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The slot of a run that is suspended, or cancelled while it is queued, on a real API server. */
@ExtendWith(ApiServer.class)
class SuspensionIT {

  private static final Instant NOW = PlanFixture.START.plusSeconds(60);

  private final StoredRuns runs = new StoredRuns();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final StatusWriter status =
      new StatusWriter(ApiServer.client(), new StatusFactory(clock));
  private final Queue<Event> emitted = new ConcurrentLinkedQueue<>();
  private final AdmissionGate admissionGate =
      new AdmissionGate(
          status,
          new EventWriter(emitted::add, new EventResources(Optional.empty()), clock),
          new PodTerminationTracker(clock),
          clock);

  @Test
  void releasesTheSlotOnceItsPodsAreDeleted() {
    // Given
    suspended("first");
    runs.create("second");

    // When
    Optional<BenchmarkRun> whileItsPodsExist = admit("second", worker("first"));
    Optional<BenchmarkRun> afterwards = admit("second");

    // Then
    assertThat(whileItsPodsExist).isEmpty();
    assertThat(afterwards).isPresent();
  }

  @Test
  void queuesAgainAndKeepsItsStatus() {
    // Given
    suspended("first");
    runs.create("second");
    admit("second");
    ask("first", false);

    // When
    Optional<BenchmarkRun> first = admit("first");

    // Then
    BenchmarkRunStatus after = runs.read("first").getStatus();
    assertThat(first).isEmpty();
    assertThat(after.phase()).isEqualTo(Phase.QUEUED);
    assertThat(after.startTime()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(after.progress().suspension().since()).startsWith("2026-01-01T00:00:20");
  }

  @Test
  void resumesWhileItsOwnPodsStillExist() {
    // Given
    suspended("first");
    ask("first", false);

    // When
    BenchmarkRun resumed = admit("first", worker("first")).orElseThrow();

    // Then
    assertThat(resumed.getStatus().phase()).isEqualTo(Phase.PREPARING);
    assertThat(resumed.getStatus().progress().workers().generation()).isEqualTo(2);
    assertThat(resumed.getStatus().progress().suspension().since()).isNull();
    assertThat(resumed.getStatus().progress().suspension().total()).isEqualTo("40s");
    assertThat(RunStates.occupiesSlot(RunSummary.of(resumed))).isTrue();
    Awaitility.await().until(() -> !emitted.isEmpty());
    assertThat(emitted)
        .extracting(event -> event.getReason() + ": " + event.getMessage())
        .containsExactly("Resumed: continues with step 1; it was suspended for 40s in all");
  }

  @Test
  void doesNotBlockOthersWhenSuspendedBeforeItsStart() {
    // Given
    BenchmarkRun early = runs.create("a");
    ask("a", true);
    admissionGate.suspendQueued(runs.read("a"), StoredRuns.plan(early));
    runs.create("b");

    // When
    Optional<BenchmarkRun> other = admit("b");

    // Then
    assertThat(other).isPresent();
    assertThat(runs.read("a").getStatus().phase()).isEqualTo(Phase.SUSPENDED);
    assertThat(runs.read("a").getStatus().startTime()).isNull();
  }

  @Test
  void finishesAtOnceWhenCancelledInTheQueue() {
    // Given
    BenchmarkRun early = runs.create("a");
    patch("a", "{\"spec\":{\"cancel\":true}}");
    runs.create("b");

    // When
    Optional<BenchmarkRun> other = admit("b");
    admissionGate.cancelQueued(runs.read("a"), StoredRuns.plan(early));

    // Then
    BenchmarkRun over = runs.read("a");
    assertThat(other).isPresent();
    assertThat(RunStates.isFinished(RunSummary.of(over))).isTrue();
    assertThat(over.getStatus().startTime()).isNull();
    assertThat(over.getStatus().conditions())
        .filteredOn(condition -> condition.type().equals("Finished"))
        .extracting(condition -> condition.reason() + ": " + condition.message())
        .containsExactly("Cancelled: cancelled before it was admitted; nothing was started");
  }

  private void suspended(String name) {
    BenchmarkRun created = runs.create(name);
    ask(name, true);
    Progress atWork = Progress.atAdmission(PlanFixture.START);
    status.write(
        runs.read(name),
        new RunSnapshot(
            created.getMetadata().getGeneration(),
            new RunSnapshot.Phase.Active(
                new RunSnapshot.Execution(
                    StoredRuns.plan(created),
                    PlanFixture.START,
                    atWork.suspend(StoredRuns.plan(created), NOW.minusSeconds(40)),
                    new ComponentStatus.NotYetKnown(),
                    new ComponentStatus.NotYetKnown(),
                    List.of(),
                    Optional.empty()))));
  }

  private void ask(String name, boolean suspend) {
    patch(name, "{\"spec\":{\"suspend\":%s}}".formatted(suspend));
  }

  private void patch(String name, String spec) {
    ApiServer.client()
        .resources(BenchmarkRun.class)
        .inNamespace(runs.namespace())
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), spec);
  }

  private Optional<BenchmarkRun> admit(String name, Pod... pods) {
    BenchmarkRun live = runs.read(name);
    return StoredRuns.admitted(
        admissionGate.admit(live, StoredRuns.plan(live), runs.competingRuns(), List.of(pods)));
  }

  private Pod worker(String run) {
    RunPlan plan = StoredRuns.plan(runs.read(run));
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(runs.namespace())
        .withName(run + "-load-g1-0")
        .withLabels(Labels.ofWorkers(plan, 1))
        .endMetadata()
        .withNewStatus()
        .withPhase("Running")
        .endStatus()
        .build();
  }
}

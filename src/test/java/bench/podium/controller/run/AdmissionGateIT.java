package bench.podium.controller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Phase;
import bench.podium.api.v1alpha1.RunCondition;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.controller.cluster.EventWriter;
import bench.podium.controller.cluster.StatusWriter;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.lifecycle.FinishReason;
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
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Admission of one run at a time, on a real API server. */
@ExtendWith(ApiServer.class)
class AdmissionGateIT {

  private final StoredRuns runs = new StoredRuns();
  private final Clock clock = Clock.fixed(PlanFixture.START, ZoneOffset.UTC);
  private final StatusWriter status =
      new StatusWriter(ApiServer.client(), new StatusFactory(clock));
  private final Queue<Event> emitted = new ConcurrentLinkedQueue<>();
  private final EventWriter events =
      new EventWriter(emitted::add, new EventResources(Optional.empty()), clock);
  private final AdmissionGate admissionGate =
      new AdmissionGate(status, events, new PodTerminationTracker(clock), clock);

  @Test
  void admitsTheFirstRunAndQueuesTheSecondWithItsPosition() {
    // Given
    runs.create("first");
    runs.create("second");
    admit("first");

    // When
    Optional<BenchmarkRun> second = admit("second");

    // Then
    assertThat(second).isEmpty();
    assertThat(runs.read("first").getStatus().startTime()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(runs.read("second").getStatus().phase()).isEqualTo(Phase.QUEUED);
    assertThat(admitted("second"))
        .isEqualTo("Queued: position 1 in the queue, behind " + runs.namespace() + "/first");
  }

  @Test
  void emitsTheQueuePositionOnce() {
    // Given
    runs.create("first");
    runs.create("second");
    runs.create("third");
    admit("first");

    // When
    admit("second");
    admit("second");
    admit("third");

    // Then
    Awaitility.await().until(() -> emitted.size() >= 2);
    assertThat(emitted)
        .extracting(event -> event.getInvolvedObject().getName() + ": " + event.getMessage())
        .containsExactly(
            "second: position 1 in the queue, behind " + runs.namespace() + "/first",
            "third: position 2 in the queue, behind " + runs.namespace() + "/first");
  }

  @Test
  void queuesFromTheCacheWithoutListingRuns() {
    // Given: a live list would contain no run at all
    BenchmarkRun first = runs.create("first");
    BenchmarkRun second = runs.create("second");
    CompetingRuns watched =
        new CompetingRuns(
            ApiServer.client(),
            Set.of("nobody"),
            () -> Stream.of(first, second).map(RunSummary::of));

    // When
    Optional<BenchmarkRun> admitted =
        StoredRuns.admitted(
            admissionGate.admit(second, StoredRuns.plan(second), watched, List.of()));

    // Then
    assertThat(admitted).isEmpty();
    assertThat(admitted("second"))
        .isEqualTo("Queued: position 1 in the queue, behind " + runs.namespace() + "/first");
  }

  @Test
  void neitherReadsNorWritesForAQueuedRunWithACurrentStatus() {
    // Given
    runs.create("first");
    runs.create("second");
    admit("first");
    admit("second");
    RunSummary second = RunSummary.of(runs.read("second"));

    // When
    Optional<Duration> recheckAfter =
        admissionGate.recheckIfQueued(second, runs.competingRunsInCache(), List.of());

    // Then
    assertThat(recheckAfter).contains(Duration.ofSeconds(1));
  }

  @Test
  void doesNotUpdateRunsFarBehindWhenOneIsAdmitted() {
    // Given: 25 before it
    for (int run = 0; run < 25; run++) {
      runs.create("r%02d".formatted(run));
    }
    BenchmarkRun last = runs.create("z-last");
    admit("r00");
    admit("z-last");
    RunSummary before = RunSummary.of(runs.read("z-last"));

    // When
    finish(runs.read("r00"));
    admit("r01");
    Optional<Duration> recheckAfter =
        admissionGate.recheckIfQueued(before, runs.competingRunsInCache(), List.of());

    // Then
    assertThat(before.admission())
        .isEqualTo("20 or more runs are ahead in the queue; the position is shown from 20 on");
    assertThat(recheckAfter).contains(Duration.ofMinutes(1));
    assertThat(last.getMetadata().getUid()).isEqualTo(before.getMetadata().getUid());
  }

  @Test
  void listsAllPagesOfAnApiServerWithoutSelectableFields() {
    // Given: more runs than a page has
    for (int run = 0; run < 45; run++) {
      runs.create("r%02d".formatted(run));
    }
    finish(admit("r00").orElseThrow());
    List<String> requests = new CopyOnWriteArrayList<>();
    CompetingRuns watched =
        new CompetingRuns(
            RacingClient.withoutSelectableFields(requests),
            Set.of(runs.namespace()),
            Stream::empty);

    // When
    List<RunSummary> read = watched.read().toList();

    // Then
    assertThat(read).hasSize(44).noneMatch(RunStates::isFinished);
    assertThat(requests).hasSize(4);
  }

  @Test
  void admitsTheOldestRunWhicheverAsksFirst() {
    // Given: created within one second, so that the name decides
    runs.create("a");
    runs.create("b");

    // When
    Optional<BenchmarkRun> later = admit("b");

    // Then
    assertThat(later).isEmpty();
    assertThat(admit("a")).isPresent();
  }

  @Test
  void admitsTheNextRunOnceTheFirstHasFinishedAndItsPodsAreDeleted() {
    // Given
    runs.create("first");
    runs.create("second");
    finish(admit("first").orElseThrow());

    // When
    Optional<BenchmarkRun> whilePodsRun = admit("second", worker("first", "Running"));
    Optional<BenchmarkRun> afterwards = admit("second");

    // Then
    assertThat(whilePodsRun).isEmpty();
    assertThat(afterwards).isPresent();
    assertThat(admitted("second")).startsWith("Admitted");
  }

  @Test
  void holdsTheSlotForADeletedRunUntilItsPodsHaveEnded() {
    // Given
    BenchmarkRun deleted = runs.create("first");
    Pod running = worker("first", "Running");
    Pod ended = worker("first", "Succeeded");
    ApiServer.client().resource(deleted).delete();
    runs.create("second");

    // When
    Optional<BenchmarkRun> early = admit("second", running);
    Optional<BenchmarkRun> late = admit("second", ended);

    // Then
    assertThat(early).isEmpty();
    assertThat(late).isPresent();
  }

  @Test
  void ignoresATerminatingRun() {
    // Given: a finalizer delays its deletion
    BenchmarkRun terminating = runs.create("first");
    terminating.getMetadata().setFinalizers(List.of("example.com/audit"));
    ApiServer.client().resource(terminating).update();
    ApiServer.client().resource(terminating).delete();
    runs.create("second");

    // When
    Optional<BenchmarkRun> second = admit("second");

    // Then
    assertThat(second).isPresent();
  }

  @Test
  void rejectsASecondAdmissionFromAnOutdatedRead() {
    // Given
    BenchmarkRun old = runs.create("first");
    BenchmarkRun admitted = admit("first").orElseThrow();

    // When
    KubernetesClientException refusal =
        catchThrowableOfType(KubernetesClientException.class, () -> admit(old));

    // Then
    assertThat(refusal.getCode()).isEqualTo(HttpURLConnection.HTTP_CONFLICT);
    assertThat(runs.read("first")).isEqualTo(admitted);
  }

  @RepeatedTest(10)
  void admitsExactlyOneOfConcurrentRuns() throws Exception {
    // Given
    List<BenchmarkRun> queued = List.of(runs.create("a"), runs.create("b"), runs.create("c"));

    // When
    List<Future<Optional<BenchmarkRun>>> answers;
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      answers =
          each.invokeAll(
              queued.stream()
                  .<Callable<Optional<BenchmarkRun>>>map(run -> () -> admit(run))
                  .toList());
    }

    // Then
    assertThat(answers.stream().map(Future::resultNow).flatMap(Optional::stream)).hasSize(1);
    assertThat(queued.stream().map(run -> runs.read(run.getMetadata().getName())))
        .filteredOn(run -> RunStates.isStarted(RunSummary.of(run)))
        .hasSize(1);
  }

  private Optional<BenchmarkRun> admit(String name, Pod... pods) {
    return admit(runs.read(name), pods);
  }

  private Optional<BenchmarkRun> admit(BenchmarkRun live, Pod... pods) {
    return StoredRuns.admitted(
        admissionGate.admit(live, StoredRuns.plan(live), runs.competingRuns(), List.of(pods)));
  }

  private void finish(BenchmarkRun run) {
    status.write(
        run,
        new RunSnapshot(
            run.getMetadata().getGeneration(),
            new RunSnapshot.Phase.Finished(
                new RunSnapshot.Execution(
                    StoredRuns.plan(run),
                    clock.instant(),
                    Progress.atAdmission(clock.instant()),
                    new ComponentStatus.NotYetKnown(),
                    new ComponentStatus.NotYetKnown(),
                    List.of(),
                    Optional.empty()),
                FinishReason.COMPLETED,
                Verdict.PASSED,
                "",
                clock.instant())));
  }

  private Pod worker(String run, String phase) {
    RunPlan plan = StoredRuns.plan(runs.read(run));
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(runs.namespace())
        .withName(run + "-load-g1-0")
        .withLabels(Labels.ofWorkers(plan, 1))
        .endMetadata()
        .withNewStatus()
        .withPhase(phase)
        .endStatus()
        .build();
  }

  private String admitted(String run) {
    RunCondition condition =
        runs.read(run).getStatus().conditions().stream()
            .filter(each -> each.type().equals("Admitted"))
            .findFirst()
            .orElseThrow();
    return condition.reason() + ": " + condition.message();
  }
}

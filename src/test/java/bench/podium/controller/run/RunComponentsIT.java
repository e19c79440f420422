package bench.podium.controller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.BenchmarkRunStatus;
import bench.podium.api.v1alpha1.Phase;
import bench.podium.api.v1alpha1.RunCondition;
import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.bootstrap.LeaseSettings;
import bench.podium.observation.RunObjects;
import bench.podium.planning.PlanResult;
import bench.podium.testing.ApiServer;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs that cannot be planned, on a real API server. */
@ExtendWith(ApiServer.class)
class RunComponentsIT {

  private static final PlanResult.Rejected REJECTED =
      new PlanResult.Rejected(PlanResult.Reason.INVALID, "spec.load: only half of it");

  private final StoredRuns runs = new StoredRuns();
  private final RunComponents components =
      new RunComponents(
          ApiServer.client(),
          new Settings(),
          new NoLease(),
          new CollectorRegistry(),
          Clock.systemUTC());

  @Test
  void keepsTheResultsOfARunThatHasStarted() {
    // Given: another version of the operator has started it
    BenchmarkRun created = runs.create("shop");
    BenchmarkRun live =
        StoredRuns.admitted(
                components
                    .admissionGate()
                    .admit(created, StoredRuns.plan(created), runs.competingRuns(), List.of()))
            .orElseThrow();

    // When
    components.reject(live, REJECTED);

    // Then
    BenchmarkRunStatus after = runs.read("shop").getStatus();
    assertThat(after.startTime()).isEqualTo(live.getStatus().startTime());
    assertThat(after.environment()).isEqualTo(live.getStatus().environment());
    assertThat(after.phase()).isEqualTo(Phase.FINISHED);
    assertThat(after.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(finished(after).reason()).isEqualTo("Aborted");
    assertThat(finished(after).message()).contains("spec.load: only half of it", "are kept");
  }

  @Test
  void doesNotStartARunThatHasNotStarted() {
    // Given
    BenchmarkRun live = runs.create("shop");

    // When
    components.reject(live, REJECTED);

    // Then
    BenchmarkRunStatus after = runs.read("shop").getStatus();
    assertThat(after.startTime()).isNull();
    assertThat(finished(after).reason()).isEqualTo("NotStarted");
  }

  @Test
  void emitsTheEndOfARunThatHasNotStarted() {
    // Given
    components.reject(runs.create("shop"), REJECTED);

    // When
    cleanUp();

    // Then
    assertIsEmitted("RunRejected: Invalid: spec.load: only half of it");
  }

  @Test
  void emitsTheEndOfARunCancelledInTheQueue() {
    // Given
    BenchmarkRun waits = runs.create("shop");
    components.admissionGate().cancelQueued(waits, StoredRuns.plan(waits));

    // When
    cleanUp();

    // Then
    assertIsEmitted(
        "Finished: Inconclusive (Cancelled): cancelled before it was admitted; nothing was"
            + " started");
  }

  private void cleanUp() {
    components.cleanUp().proceed(RunSummary.of(runs.read("shop")), RunObjects.empty(), () -> false);
  }

  private void assertIsEmitted(String message) {
    await()
        .untilAsserted(
            () ->
                assertThat(
                        ApiServer.client()
                            .v1()
                            .events()
                            .inNamespace(runs.namespace())
                            .list()
                            .getItems())
                    .extracting(event -> event.getReason() + ": " + event.getMessage())
                    .containsExactly(message));
  }

  private static RunCondition finished(BenchmarkRunStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.type().equals("Finished"))
        .findFirst()
        .orElseThrow();
  }

  private record NoLease() implements LeaseSettings {

    @Override
    public String name() {
      return "podium-operator";
    }

    @Override
    public Optional<String> namespace() {
      return Optional.empty();
    }

    @Override
    public Optional<String> identity() {
      return Optional.empty();
    }
  }

  private record Settings() implements OperatorSettings {

    @Override
    public Worker worker() {
      return new Worker() {
        @Override
        public String image() {
          return "example/worker:1";
        }

        @Override
        public String pullPolicy() {
          return "IfNotPresent";
        }
      };
    }

    @Override
    public Collector collector() {
      return new Collector() {
        @Override
        public Optional<String> image() {
          return Optional.empty();
        }

        @Override
        public Duration interval() {
          return Duration.ofSeconds(1);
        }

        @Override
        public int kept() {
          return 100;
        }
      };
    }

    @Override
    public Failpoint failpoint() {
      return new Failpoint() {
        @Override
        public Optional<String> name() {
          return Optional.empty();
        }

        @Override
        public String marks() {
          return "target";
        }
      };
    }
  }
}

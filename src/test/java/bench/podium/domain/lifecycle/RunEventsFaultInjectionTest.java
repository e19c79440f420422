package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.plan.RunPlan;
import bench.podium.events.EventReason;
import bench.podium.events.RunEvent;
import bench.podium.events.RunEvents;
import bench.podium.resources.Names;
import bench.podium.status.ComponentStatus;
import bench.podium.status.RunSnapshot.Execution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The events of runs with random faults, over all operators of each run. */
class RunEventsFaultInjectionTest {

  private static final RunPlan PLAN = PlanFixture.plan();

  /** As the API server stores them: by name, and the first one with a name stays. */
  private final Map<String, RunEvent> stored = new LinkedHashMap<>();

  /**
   * Decided at the last observation and not sent yet: lost if the operator crashes before the next
   * action.
   */
  private final List<RunEvent> waiting = new ArrayList<>();

  private Progress before;

  @Property(tries = 200)
  void emitsEachEventOnceHoweverOperatorsCrash(@ForAll long seed) {
    // Given
    stored.clear();
    waiting.clear();
    SimulatedOperator operator = new SimulatedOperator(PLAN, seed);
    VirtualTime time = operator.time();
    for (int fault = 0; fault < 4; fault++) {
      time.after(time.between(0, 120), () -> fault(operator));
    }
    operator.crashing(action -> crashes(time), time.between(0.01, 60));
    List<RunAction.Write> written = new ArrayList<>();
    operator.onObservation(observed -> observe(operator, observed));
    operator.on(
        action -> {
          if (action instanceof RunAction.Write write) {
            written.add(write);
            waiting.addAll(RunEvents.of(PLAN, before, write));
          }
        });

    // When
    operator.runToEnd();
    send();

    // Then
    assertThat(stored.values())
        .extracting(event -> event.reason() + " " + event.about())
        .doesNotHaveDuplicates();
    assertThat(about(EventReason.ADMITTED)).containsExactly("");
    assertThat(about(EventReason.STEP_RECORDED))
        .containsExactlyElementsOf(
            operator.cluster().rows().stream()
                .filter(Row::measured)
                .map(row -> Integer.toString(row.step()))
                .toList());
    assertThat(about(EventReason.TARGET_FAILED))
        .containsExactlyInAnyOrderElementsOf(
            operator.cluster().rows().stream()
                .filter(row -> !row.measured())
                .map(Row::target)
                .distinct()
                .toList());
    assertThat(about(EventReason.ATTEMPT_ABORTED))
        .hasSize(count(written, RunAction.AbortAttempt.class));
    assertThat(about(EventReason.ATTEMPT_DISCARDED))
        .hasSize(count(written, RunAction.DiscardAttempt.class));
    assertThat(about(EventReason.WORKERS_REPLACED))
        .hasSize(operator.cluster().progress.load().number() - 1);
    assertThat(about(EventReason.TARGET_READY))
        .containsAll(
            operator.cluster().rows().stream()
                .filter(Row::measured)
                .map(Row::target)
                .distinct()
                .toList());
  }

  private boolean crashes(VirtualTime time) {
    boolean crashes = time.chance(0.1);
    if (crashes) {
      waiting.clear();
    }
    return crashes;
  }

  private void observe(SimulatedOperator operator, RunObservation observed) {
    send();
    before = operator.cluster().progress;
    waiting.addAll(
        RunEvents.of(
            new Execution(
                PLAN,
                PlanFixture.START,
                before,
                new ComponentStatus.NotYetKnown(),
                new ComponentStatus.NotYetKnown(),
                observed.rows(),
                Optional.empty()),
            observed,
            operator.time().now()));
  }

  private void send() {
    waiting.forEach(event -> stored.putIfAbsent(Names.event(PLAN.run(), event), event));
    waiting.clear();
  }

  private List<String> about(EventReason reason) {
    return stored.values().stream()
        .filter(event -> event.reason() == reason)
        .map(RunEvent::about)
        .toList();
  }

  private static int count(List<RunAction.Write> written, Class<? extends RunAction> kind) {
    return (int) written.stream().filter(kind::isInstance).count();
  }

  private static void fault(SimulatedOperator operator) {
    VirtualTime time = operator.time();
    SimulatedCluster cluster = operator.cluster();
    String target = time.chance(0.5) ? "gin" : "chi";
    if (time.chance(0.4)) {
      cluster.pods().stream().filter(pod -> time.chance(0.5)).forEach(SimulatedPod::lose);
    } else if (time.chance(0.5)) {
      cluster.crash(target);
    } else {
      cluster.deleteTarget(target);
    }
  }
}

package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.Row;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random faults at random times: every run finishes, and its records are consistent. */
class RunFaultInjectionTest {

  private static final Set<FinishReason> ENDS_WITH_ALL_ROWS =
      Set.of(FinishReason.COMPLETED, FinishReason.TARGETS_FAILED);

  @Property(tries = 400)
  void finishesEveryRunWithoutDuplicateOrLostSteps(@ForAll long seed) {
    // Given
    SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), seed);
    VirtualTime time = operator.time();
    for (int fault = 0; fault < 6; fault++) {
      time.after(time.between(0, 180), () -> fault(operator));
    }
    operator.cluster().lingerTime = () -> time.between(0, time.chance(0.5) ? 2 : 20);
    operator.crashing(action -> time.chance(0.1), time.between(0.01, 60));

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(operator.cluster().rows()).extracting(Row::step).doesNotHaveDuplicates();
    if (ENDS_WITH_ALL_ROWS.contains(end.reason())) {
      assertThat(operator.cluster().rows()).extracting(Row::step).containsExactly(0, 1, 2, 3);
    }
    assertThat(operator.cluster().allPods())
        .allSatisfy(pod -> assertThat(pod.runs()).doesNotHaveDuplicates().isSorted());
  }

  private static void loseSamples(SimulatedCollector collector, VirtualTime time) {
    collector.rotatedFrom = 0;
    collector.rotatedTo = collector.lastSample() + time.between(0, 9).toSeconds();
    collector.retainsNothing = time.chance(0.5);
    collector.unresponsive = time.chance(0.3);
  }

  private static void fault(SimulatedOperator operator) {
    VirtualTime time = operator.time();
    SimulatedCluster cluster = operator.cluster();
    String target = time.chance(0.5) ? "gin" : "chi";
    if (time.chance(0.1)) {
      cluster.suspendFor(time.between(0.1, 120));
    } else if (time.chance(0.3)) {
      cluster.pods().stream().filter(pod -> time.chance(0.5)).forEach(SimulatedPod::lose);
    } else if (time.chance(0.4)) {
      cluster.crash(target);
    } else if (time.chance(0.4)) {
      cluster.deleteTarget(target);
    } else if (time.chance(0.3)) {
      cluster.breakService(target);
    } else if (time.chance(0.3)) {
      cluster.deleteWorkers();
    } else if (time.chance(0.2)) {
      cluster.deleteIndex();
    } else if (time.chance(0.2)) {
      cluster.clockAhead = time.between(0, 15);
    } else if (time.chance(0.4)) {
      cluster.target(target).ifPresent(each -> loseSamples(each.collector(), time));
    } else if (time.chance(0.5)) {
      cluster.pods().forEach(pod -> pod.withholdsResults = true);
    } else {
      cluster.pods().forEach(pod -> pod.unresponsive = true);
    }
  }
}

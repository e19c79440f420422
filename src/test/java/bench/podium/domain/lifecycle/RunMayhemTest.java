package bench.podium.domain.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.Row;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happens to a run, and whenever: it ends, and what it has recorded is sound. */
class RunMayhemTest {

  private static final Set<FinishReason> ENDS_WITH_ALL_ROWS =
      Set.of(FinishReason.COMPLETED, FinishReason.TARGETS_FAILED);

  @Property(tries = 400)
  void everyRunEndsAndNoStepIsDoubledOrLost(@ForAll long seed) {
    // Given
    SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), seed);
    VirtualTime time = operator.time();
    for (int mishap = 0; mishap < 6; mishap++) {
      time.after(time.between(0, 180), () -> mishap(operator));
    }
    operator.cluster().lingering = () -> time.between(0, time.chance(0.5) ? 2 : 20);
    operator.dying(arrow -> time.chance(0.1), time.between(0.01, 60));

    // When
    Decision.FinishRun end = operator.play();

    // Then
    assertThat(operator.cluster().rows()).extracting(Row::step).doesNotHaveDuplicates();
    if (ENDS_WITH_ALL_ROWS.contains(end.reason())) {
      assertThat(operator.cluster().rows()).extracting(Row::step).containsExactly(0, 1, 2, 3);
    }
    assertThat(operator.cluster().allPods())
        .allSatisfy(pod -> assertThat(pod.runs()).doesNotHaveDuplicates().isSorted());
  }

  private static void loseSamples(SimulatedObserver observer, VirtualTime time) {
    observer.rotatedFrom = 0;
    observer.rotatedTo = observer.looks() + time.between(0, 9).toSeconds();
    observer.keepsNothing = time.chance(0.5);
    observer.deaf = time.chance(0.3);
  }

  private static void mishap(SimulatedOperator operator) {
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
      cluster.cutOff(target);
    } else if (time.chance(0.3)) {
      cluster.deleteLoad();
    } else if (time.chance(0.2)) {
      cluster.deleteIndex();
    } else if (time.chance(0.2)) {
      cluster.clockAhead = time.between(0, 15);
    } else if (time.chance(0.4)) {
      cluster.target(target).ifPresent(each -> loseSamples(each.observer(), time));
    } else if (time.chance(0.5)) {
      cluster.pods().forEach(pod -> pod.keepsResults = true);
    } else {
      cluster.pods().forEach(pod -> pod.deaf = true);
    }
  }
}

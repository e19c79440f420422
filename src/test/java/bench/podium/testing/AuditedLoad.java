package bench.podium.testing;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.testing.AuditedWorkerPod.Ran;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was heard of a run from its pods, none of it from the operator.
 *
 * @param targets the target of each step, in the order of the steps
 */
record AuditedLoad(
    List<String> targets, List<AuditedWorkerPod> workers, List<AuditedTargetPod> targetPods) {

  /** No worker ran an attempt that another has run, or itself before. */
  void assertEachAttemptRanOnce() {
    assertThat(ran().map(ran -> List.of(ran.step(), ran.attempt(), ran.worker())).toList())
        .as("(step, attempt, worker) of the workers' lines `ran`")
        .doesNotHaveDuplicates();
  }

  /** Every pod has lived to its last word. */
  void assertNothingIsLost() {
    assertThat(workers.stream().filter(AuditedWorkerPod::lost).map(AuditedWorkerPod::name))
        .as("workers that never said bye")
        .isEmpty();
    assertThat(targetPods.stream().filter(AuditedTargetPod::lost).map(AuditedTargetPod::target))
        .as("targets that ended without their counts")
        .isEmpty();
    assertThat(targetPods.stream().map(AuditedTargetPod::target))
        .as("targets that were heard at all")
        .containsAll(ran().map(ran -> targets.get(ran.step())).toList());
  }

  /**
   * What each target counted lies between what was answered and what was sent: over all attempts,
   * recorded or not, warm-ups included. Where a target lost its counts, it may have had more than
   * it told; where a worker was lost, more may have been sent. Where a target's pod was replaced,
   * what was sent to nobody by an engine that was then cut short was not answered.
   */
  void assertTargetsCountedWhatTheWorkersSent() {
    boolean allSent = workers.stream().noneMatch(AuditedWorkerPod::lost);
    Map<String, List<AuditedTargetPod>> pods =
        targetPods.stream().collect(groupingBy(AuditedTargetPod::target));
    pods.forEach(
        (target, its) -> {
          long counted = its.stream().mapToLong(AuditedTargetPod::count).sum();
          List<Ran> ran = ran().filter(each -> targets.get(each.step()).equals(target)).toList();
          if (its.stream().noneMatch(AuditedTargetPod::lost)) {
            assertThat(counted)
                .as("counted by target %s, at least the replies", target)
                .isGreaterThanOrEqualTo(
                    ran.stream()
                        .filter(each -> its.size() == 1 || !each.cutShort())
                        .mapToLong(Ran::requests)
                        .sum());
          }
          if (allSent) {
            assertThat(counted)
                .as("counted by target %s, at most what was sent", target)
                .isLessThanOrEqualTo(ran.stream().mapToLong(Ran::sent).sum());
          }
        });
  }

  /** Of targets that record arrivals, and a load that numbers its requests. */
  void assertEachRequestArrivedOnceWithANumberOfItsOwn() {
    assertThat(workers.stream().filter(AuditedWorkerPod::lost)).as("workers lost").isEmpty();
    targetPods.forEach(
        target -> {
          long sent =
              ran()
                  .filter(each -> targets.get(each.step()).equals(target.target()))
                  .mapToLong(Ran::sent)
                  .sum();
          assertThat(target.count()).as("counted by target %s", target.target()).isEqualTo(sent);
          assertThat(target.distinctPaths())
              .as("paths at target %s", target.target())
              .isEqualTo(sent);
        });
  }

  /** What all workers said that they sent in an attempt. */
  long sentIn(int step, int attempt) {
    return ran()
        .filter(each -> each.step() == step && each.attempt() == attempt)
        .mapToLong(Ran::sent)
        .sum();
  }

  private Stream<Ran> ran() {
    return workers.stream().flatMap(pod -> pod.ran().stream());
  }
}

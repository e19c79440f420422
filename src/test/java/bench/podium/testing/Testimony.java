package bench.podium.testing;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.testing.WitnessedLoadPod.Ran;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was heard of a run from its pods, none of it from the operator.
 *
 * @param targets the target of each step, in the order of the steps
 */
record Testimony(
    List<String> targets, List<WitnessedLoadPod> loadPods, List<WitnessedTargetPod> targetPods) {

  /** No load pod ran an attempt that another has run, or itself before. */
  void assertEachAttemptRanOnce() {
    assertThat(ran().map(ran -> List.of(ran.step(), ran.attempt(), ran.worker())).toList())
        .as("(step, attempt, worker) of the load pods' lines `ran`")
        .doesNotHaveDuplicates();
  }

  /** Every pod has lived to its last word. */
  void assertNothingIsLost() {
    assertThat(loadPods.stream().filter(WitnessedLoadPod::lost).map(WitnessedLoadPod::name))
        .as("load pods that never said bye")
        .isEmpty();
    assertThat(targetPods.stream().filter(WitnessedTargetPod::lost).map(WitnessedTargetPod::target))
        .as("targets that ended without their counts")
        .isEmpty();
    assertThat(targetPods.stream().map(WitnessedTargetPod::target))
        .as("targets that were heard at all")
        .containsAll(ran().map(ran -> targets.get(ran.step())).toList());
  }

  /**
   * What each target counted lies between what was answered and what was sent: over all attempts,
   * recorded or not, warm-ups included. Where a target lost its counts, it may have had more than
   * it told; where a load pod was lost, more may have been sent. Where a target's pod was replaced,
   * what was sent to nobody by an engine that was then cut short was not answered.
   */
  void assertTargetsCountedWhatTheLoadPodsSent() {
    boolean allSent = loadPods.stream().noneMatch(WitnessedLoadPod::lost);
    Map<String, List<WitnessedTargetPod>> pods =
        targetPods.stream().collect(groupingBy(WitnessedTargetPod::target));
    pods.forEach(
        (target, its) -> {
          long counted = its.stream().mapToLong(WitnessedTargetPod::count).sum();
          List<Ran> ran = ran().filter(each -> targets.get(each.step()).equals(target)).toList();
          if (its.stream().noneMatch(WitnessedTargetPod::lost)) {
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
    assertThat(loadPods.stream().filter(WitnessedLoadPod::lost)).as("load pods lost").isEmpty();
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

  /** What all load pods said that they sent in an attempt. */
  long sentIn(int step, int attempt) {
    return ran()
        .filter(each -> each.step() == step && each.attempt() == attempt)
        .mapToLong(Ran::sent)
        .sum();
  }

  private Stream<Ran> ran() {
    return loadPods.stream().flatMap(pod -> pod.ran().stream());
  }
}

package bench.podium.testing;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.testing.AuditedWorkerPod.Ran;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The load of a run according to its pods.
 *
 * @param targets the target of each step, in the order of the steps
 */
record AuditedLoad(
    List<String> targets, List<AuditedWorkerPod> workers, List<AuditedTargetPod> targetPods) {

  /** Checks that each worker index ran each attempt at most once. */
  void assertEachAttemptRanOnce() {
    assertThat(ran().map(ran -> List.of(ran.step(), ran.attempt(), ran.worker())).toList())
        .as("(step, attempt, worker) of the workers' lines `ran`")
        .doesNotHaveDuplicates();
  }

  /** Checks that each pod wrote its final message. */
  void assertNoPodIsLost() {
    assertThat(workers.stream().filter(AuditedWorkerPod::lost).map(AuditedWorkerPod::name))
        .as("workers without a final message")
        .isEmpty();
    assertThat(targetPods.stream().filter(AuditedTargetPod::lost).map(AuditedTargetPod::target))
        .as("targets that ended without their counts")
        .isEmpty();
    assertThat(targetPods.stream().map(AuditedTargetPod::target))
        .as("targets with a log")
        .containsAll(ran().map(ran -> targets.get(ran.step())).toList());
  }

  /**
   * Checks that the requests that each target counted are at least the replies and at most the
   * requests sent, over all attempts and including warm-ups. The lower bound is skipped if a target
   * lost its counts, the upper bound if a worker was lost. If a target's pod was replaced, the
   * lower bound ignores engines that were stopped early: they may have sent to no pod.
   */
  void assertTargetsCountedWhatTheWorkersSent() {
    boolean allSent = workers.stream().noneMatch(AuditedWorkerPod::lost);
    Map<String, List<AuditedTargetPod>> pods =
        targetPods.stream().collect(groupingBy(AuditedTargetPod::target));
    pods.forEach(
        (target, podsOfTarget) -> {
          long counted = podsOfTarget.stream().mapToLong(AuditedTargetPod::count).sum();
          List<Ran> ran = ran().filter(each -> targets.get(each.step()).equals(target)).toList();
          if (podsOfTarget.stream().noneMatch(AuditedTargetPod::lost)) {
            assertThat(counted)
                .as("counted by target %s, at least the replies", target)
                .isGreaterThanOrEqualTo(
                    ran.stream()
                        .filter(each -> podsOfTarget.size() == 1 || !each.cutShort())
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

  /** For targets that record arrivals, and requests with a sequence number. */
  void assertEachRequestArrivedOnceWithItsOwnNumber() {
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

  /** The requests that all workers sent in an attempt, warm-up included. */
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

package bench.podium.controller.run;

import bench.podium.api.v1alpha1.RunSummary;
import bench.podium.controller.cluster.RunInformers;
import bench.podium.domain.admission.RunQueue;
import bench.podium.observation.RunObjects;
import bench.podium.resources.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Derives the runs that hold or want the slot from runs and their pods. */
final class SlotCandidates {

  private final PodTerminationTracker terminations;
  private final Clock clock;

  SlotCandidates(PodTerminationTracker terminations, Clock clock) {
    this.terminations = terminations;
    this.clock = clock;
  }

  /**
   * @param requester the run that asks for the slot: its newest state counts, and its own pods do
   *     not block it
   * @param watched all runs, possibly including that one
   * @param pods of all runs: pods of a finished or deleted run may still be running
   */
  List<RunQueue.Candidate> of(
      Optional<RunSummary> requester, Stream<RunSummary> watched, List<Pod> pods) {
    List<RunSummary> runs =
        Stream.concat(
                requester.stream(),
                watched.filter(
                    run -> requester.filter(one -> RunInformers.isSameRun(run, one)).isEmpty()))
            .filter(run -> run.getMetadata().getDeletionTimestamp() == null)
            .toList();
    Map<String, List<Pod>> podsByRun =
        pods.stream()
            .filter(pod -> !isDeletedLongAgo(pod))
            .collect(
                Collectors.groupingBy(pod -> pod.getMetadata().getLabels().get(Labels.RUN_UID)));
    Set<String> known =
        runs.stream().map(run -> run.getMetadata().getUid()).collect(Collectors.toSet());
    return Stream.concat(
            runs.stream().flatMap(run -> candidate(run, requester, podsOf(run, podsByRun))),
            podsByRun.entrySet().stream()
                .filter(run -> !known.contains(run.getKey()))
                .flatMap(run -> deletedRun(run.getValue())))
        .toList();
  }

  /** A pod of a lost node may exist forever; it blocks the queue only until it is overdue. */
  private boolean isDeletedLongAgo(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null && terminations.isOverdue(pod);
  }

  private static RunObjects podsOf(RunSummary run, Map<String, List<Pod>> pods) {
    return RunObjects.empty().withPods(pods.getOrDefault(run.getMetadata().getUid(), List.of()));
  }

  /**
   * A deleted run, or one whose deletion a finalizer delays, is not carried on. It holds the slot
   * until its last pod has ended, and does not queue for it.
   */
  private Stream<RunQueue.Candidate> deletedRun(List<Pod> pods) {
    return pods.stream()
        .filter(RunObjects::isRunning)
        .limit(1)
        .map(
            pod ->
                new RunQueue.Candidate(
                    pod.getMetadata().getNamespace(),
                    pod.getMetadata().getLabels().get(Labels.RUN),
                    pod.getMetadata().getLabels().get(Labels.RUN_UID),
                    clock.instant(),
                    true));
  }

  /**
   * The run as a candidate if it holds or wants the slot. A suspended or cancelled run does neither
   * once its pods are gone; its own pods do not keep it from resuming.
   */
  private Stream<RunQueue.Candidate> candidate(
      RunSummary run, Optional<RunSummary> requester, RunObjects pods) {
    if (RunStates.isFinished(run)) {
      return RunCleanUp.podsToAwait(run, pods, clock.instant()).stream()
          .filter(pod -> !terminations.isOverdue(pod))
          .limit(1)
          .map(pod -> candidate(run, true));
    }
    boolean isAsking = requester.filter(one -> RunInformers.isSameRun(run, one)).isPresent();
    boolean holdsSlot =
        RunStates.occupiesSlot(run)
            || (RunStates.isStarted(run)
                && !isAsking
                && pods.activePods().stream().anyMatch(pod -> !terminations.isOverdue(pod)));
    boolean wantsSlot =
        !(run.getSpec().suspend() || run.getSpec().cancel())
            && RunStates.mayRetry(run, clock.instant());
    return holdsSlot || wantsSlot ? Stream.of(candidate(run, holdsSlot)) : Stream.empty();
  }

  private static RunQueue.Candidate candidate(RunSummary run, boolean occupiesSlot) {
    return new RunQueue.Candidate(
        run.getMetadata().getNamespace(),
        run.getMetadata().getName(),
        run.getMetadata().getUid(),
        Instant.parse(run.getMetadata().getCreationTimestamp()),
        occupiesSlot,
        RunStates.backoff(run).isOn());
  }
}

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

/** Who has the one place or wants it, from runs and their pods. */
final class SlotCandidates {

  private final PodTerminationTracker departures;
  private final Clock clock;

  SlotCandidates(PodTerminationTracker departures, Clock clock) {
    this.departures = departures;
    this.clock = clock;
  }

  /**
   * @param asking the run that asks: what is known of it counts, and its own pods do not hinder it
   * @param watched all runs, and perhaps that one
   * @param pods of all runs: those of one that is over or deleted may still be at work
   */
  List<RunQueue.Candidate> of(
      Optional<RunSummary> asking, Stream<RunSummary> watched, List<Pod> pods) {
    List<RunSummary> runs =
        Stream.concat(
                asking.stream(),
                watched.filter(
                    run -> asking.filter(one -> RunInformers.isSame(run, one)).isEmpty()))
            .filter(run -> run.getMetadata().getDeletionTimestamp() == null)
            .toList();
    Map<String, List<Pod>> componentStatus =
        pods.stream()
            .filter(pod -> !isDeletedLongAgo(pod))
            .collect(
                Collectors.groupingBy(pod -> pod.getMetadata().getLabels().get(Labels.RUN_UID)));
    Set<String> known =
        runs.stream().map(run -> run.getMetadata().getUid()).collect(Collectors.toSet());
    return Stream.concat(
            runs.stream().flatMap(run -> candidate(run, asking, podsOf(run, componentStatus))),
            componentStatus.entrySet().stream()
                .filter(run -> !known.contains(run.getKey()))
                .flatMap(run -> deletedRun(run.getValue())))
        .toList();
  }

  /** A pod of a lost node may stand for ever; it does not hold up the others for as long. */
  private boolean isDeletedLongAgo(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null && departures.isOverdue(pod);
  }

  private static RunObjects podsOf(RunSummary run, Map<String, List<Pod>> pods) {
    return RunObjects.none().withPods(pods.getOrDefault(run.getMetadata().getUid(), List.of()));
  }

  /**
   * A run that is deleted or on its way out, which another's finalizer may draw out, is never led
   * on: it has the place until the last of its pods has ended, and does not wait for it.
   */
  private Stream<RunQueue.Candidate> deletedRun(List<Pod> pods) {
    return pods.stream()
        .filter(RunObjects::running)
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
   * Whether a run has the place or wants it. One that is suspended or cancelled does neither, once
   * its pods are gone; its own do not keep it from going on.
   */
  private Stream<RunQueue.Candidate> candidate(
      RunSummary run, Optional<RunSummary> asking, RunObjects pods) {
    if (RunStates.isFinished(run)) {
      return RunCleanUp.awaited(run, pods, clock.instant()).stream()
          .filter(pod -> !departures.isOverdue(pod))
          .limit(1)
          .map(pod -> candidate(run, true));
    }
    boolean asksItself = asking.filter(one -> RunInformers.isSame(run, one)).isPresent();
    boolean holds =
        RunStates.occupiesSlot(run)
            || (RunStates.isStarted(run)
                && !asksItself
                && pods.atWork().stream().anyMatch(pod -> !departures.isOverdue(pod)));
    boolean wants =
        !(run.getSpec().suspend() || run.getSpec().cancel())
            && RunStates.mayTry(run, clock.instant());
    return holds || wants ? Stream.of(candidate(run, holds)) : Stream.empty();
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

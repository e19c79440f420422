package bench.podium.controller.run;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.controller.cluster.ResultStore;
import bench.podium.controller.cluster.StatusWriter;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.domain.plan.RunPlan;
import bench.podium.observation.BoundedLogTail;
import bench.podium.observation.PodLog;
import bench.podium.observation.RunObjects;
import bench.podium.observation.WholeLog;
import bench.podium.planning.PlanFactory;
import bench.podium.planning.PlanResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The logs of pods that were kept for a person, and have to go for another run. */
final class RetainedLogs {

  /** Of each container, the last of it. */
  static final int END_BYTES = 256 * 1024;

  /** The log of a lost node does not take the time of all others. */
  private static final Duration EACH_WITHIN = Duration.ofSeconds(10);

  private final StatusWriter status;
  private final ResultStore results;
  private final BoundedLogTail log;
  private final Clock clock;

  RetainedLogs(WholeLog log, StatusWriter status, ResultStore results, Clock clock) {
    this.status = status;
    this.results = results;
    this.log = new BoundedLogTail(log, END_BYTES);
    this.clock = clock;
  }

  /** What became of the ends of the logs. */
  sealed interface Outcome {

    /** They are in the results, as is of each log that could not be read why not. */
    record Kept() implements Outcome {}

    /** The API server turned them down, which may be another at the next try. */
    record Refused(Problem why) implements Outcome {}

    /** The time was up before all were read; the others are in the results. */
    record Late(int kept, int all) implements Outcome {}

    /** The run is gone, or this version does not understand it: it has no results. */
    record NoResults() implements Outcome {}
  }

  /**
   * Puts their ends into the run's results, each as it is read. Where that is done already, what
   * stands there stays.
   *
   * @param deadline when to stop
   */
  Outcome keep(RunIdentity run, RunObjects objects, Instant deadline) {
    return status
        .read(run.namespace(), run.name())
        .filter(whole -> whole.getMetadata().getUid().equals(run.uid()))
        .flatMap(RetainedLogs::plan)
        .map(plan -> keep(plan, sources(objects), deadline))
        .orElseGet(Outcome.NoResults::new);
  }

  private static Optional<RunPlan> plan(BenchmarkRun whole) {
    return PlanFactory.plan(whole) instanceof PlanResult.Planned(RunPlan plan)
        ? Optional.of(plan)
        : Optional.empty();
  }

  private static List<PodLog.Source> sources(RunObjects objects) {
    return objects.pods().stream()
        .flatMap(
            pod ->
                pod.getSpec().getContainers().stream()
                    .map(
                        container ->
                            new PodLog.Source(
                                pod.getMetadata().getNamespace(),
                                pod.getMetadata().getName(),
                                container.getName())))
        .toList();
  }

  private Outcome keep(RunPlan plan, List<PodLog.Source> sources, Instant deadline) {
    int kept = 0;
    for (PodLog.Source source : sources) {
      Duration left = Duration.between(clock.instant(), deadline);
      if (!left.isPositive()) {
        return new Outcome.Late(kept, sources.size());
      }
      byte[] end = end(source, left.compareTo(EACH_WITHIN) < 0 ? left : EACH_WITHIN);
      Optional<Problem> refusal =
          results.recordLogs(plan, Map.of(source.pod() + "." + source.container(), end));
      if (refusal.isPresent()) {
        return new Outcome.Refused(refusal.get());
      }
      kept++;
    }
    return new Outcome.Kept();
  }

  /** That a log cannot be read, since its node is lost, say, is no reason to keep its pod. */
  private byte[] end(PodLog.Source source, Duration atMost) {
    try {
      return log.read(source, atMost);
    } catch (IOException e) {
      return ("the log could not be read: " + e.getMessage()).getBytes(StandardCharsets.UTF_8);
    }
  }
}

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

/** Saves the logs of retained pods before these are deleted to make room for another run. */
final class RetainedLogs {

  /** Bytes saved per container, from the end of its log. */
  static final int MAX_BYTES = 256 * 1024;

  /** Timeout per log, so that one lost node does not use up the time for all logs. */
  private static final Duration LOG_TIMEOUT = Duration.ofSeconds(10);

  private final StatusWriter status;
  private final ResultStore results;
  private final BoundedLogTail log;
  private final Clock clock;

  RetainedLogs(WholeLog log, StatusWriter status, ResultStore results, Clock clock) {
    this.status = status;
    this.results = results;
    this.log = new BoundedLogTail(log, MAX_BYTES);
    this.clock = clock;
  }

  /** The result of saving the logs. */
  sealed interface Outcome {

    /**
     * All logs are in the results. For a log that could not be read, the reason is stored instead.
     */
    record Saved() implements Outcome {}

    /** The API server rejected the write; a retry may succeed. */
    record Refused(Problem why) implements Outcome {}

    /** The deadline passed before all logs were read; the ones read so far are in the results. */
    record TimedOut(int saved, int total) implements Outcome {}

    /**
     * The run does not exist any more or has a spec that this version cannot read, so there are no
     * results to add to.
     */
    record NoResults() implements Outcome {}
  }

  /**
   * Saves the end of each log in the run's results as soon as it is read. Logs that are already
   * saved are not overwritten.
   *
   * @param deadline when to stop
   */
  Outcome save(RunIdentity run, RunObjects objects, Instant deadline) {
    return status
        .read(run.namespace(), run.name())
        .filter(live -> live.getMetadata().getUid().equals(run.uid()))
        .flatMap(RetainedLogs::plan)
        .map(plan -> save(plan, sources(objects), deadline))
        .orElseGet(Outcome.NoResults::new);
  }

  private static Optional<RunPlan> plan(BenchmarkRun live) {
    return PlanFactory.plan(live) instanceof PlanResult.Planned(RunPlan plan)
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

  private Outcome save(RunPlan plan, List<PodLog.Source> sources, Instant deadline) {
    int saved = 0;
    for (PodLog.Source source : sources) {
      Duration left = Duration.between(clock.instant(), deadline);
      if (!left.isPositive()) {
        return new Outcome.TimedOut(saved, sources.size());
      }
      byte[] end = readEnd(source, left.compareTo(LOG_TIMEOUT) < 0 ? left : LOG_TIMEOUT);
      Optional<Problem> refusal =
          results.recordLogs(plan, Map.of(source.pod() + "." + source.container(), end));
      if (refusal.isPresent()) {
        return new Outcome.Refused(refusal.get());
      }
      saved++;
    }
    return new Outcome.Saved();
  }

  /**
   * The end of the log. A log that cannot be read, for example on a lost node, is no reason to
   * retain the pod; the error is saved in its place.
   */
  private byte[] readEnd(PodLog.Source source, Duration timeout) {
    try {
      return log.read(source, timeout);
    } catch (IOException e) {
      return ("the log could not be read: " + e.getMessage()).getBytes(StandardCharsets.UTF_8);
    }
  }
}

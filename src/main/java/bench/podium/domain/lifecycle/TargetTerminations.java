package bench.podium.domain.lifecycle;

import bench.podium.domain.observation.ContainerTermination;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Selects the terminations of a target's containers that belong to the current attempt, and the
 * logs that are retained.
 */
final class TargetTerminations {

  /** Enough for a target with many replicas, which terminate alike. */
  private static final int MAX_RETAINED = 8;

  private final RunPlan plan;
  private final Step step;
  private final Progress progress;
  private final TargetObservation target;

  TargetTerminations(RunPlan plan, Step step, Progress progress, TargetObservation target) {
    this.plan = plan;
    this.step = step;
    this.progress = progress;
    this.target = target;
  }

  /**
   * The termination for which this attempt is discarded: the first one in it, since others may be
   * its consequence. Empty where Kubernetes reports none.
   */
  Optional<ContainerTermination> cause() {
    return inAttempt().stream().findFirst();
  }

  private List<ContainerTermination> inAttempt() {
    return progress.attempt().scheduledAt().stream()
        .flatMap(since -> target.terminations().stream().filter(end -> !end.isBefore(since)))
        .sorted(Comparator.comparing(end -> end.finishedAt().orElseThrow()))
        .limit(MAX_RETAINED)
        .toList();
  }

  /**
   * Message on the cause with the location of its log, to be appended to a sentence; empty without
   * a cause.
   */
  String causeText() {
    return cause().map(end -> end.text() + logLocation(inAttempt(), number())).orElse("");
  }

  /** Like {@link #causeText}, for the latest termination, after the attempt. */
  String latestText() {
    return target.lastTermination().map(end -> end.text() + latestLogLocation()).orElse("");
  }

  /** The location of the log of the latest termination, to be appended to a sentence. */
  String latestLogLocation() {
    return logLocation(target.lastTermination().stream().toList(), number() + 1);
  }

  /**
   * The action that stores the logs of this attempt's terminations; empty where there is no log.
   */
  List<RunAction> record() {
    return record(inAttempt(), number());
  }

  /** Like {@link #record()}, for the latest termination, after the attempt. */
  List<RunAction> recordLatest() {
    return record(target.lastTermination().stream().toList(), number() + 1);
  }

  private int number() {
    return progress.attempt().number();
  }

  private List<RunAction> record(List<ContainerTermination> ends, int attempt) {
    return hasLog(ends)
        ? List.of(new RunAction.RecordCrash(step.index(), attempt, step.target(), ends))
        : List.of();
  }

  private String logLocation(List<ContainerTermination> ends, int attempt) {
    return hasLog(ends)
        ? "; the lines before it: ConfigMap " + plan.run().crashLog(step.index(), attempt)
        : "";
  }

  private static boolean hasLog(List<ContainerTermination> ends) {
    return ends.stream().anyMatch(end -> !end.log().lines().isEmpty());
  }
}

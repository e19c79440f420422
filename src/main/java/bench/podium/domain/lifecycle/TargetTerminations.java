package bench.podium.domain.lifecycle;

import bench.podium.domain.observation.ContainerTermination;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which ends of a target's containers belong to the current attempt, and what is kept of them. */
final class TargetTerminations {

  /** Of a target with many replicas, which end alike. */
  private static final int MAX_KEPT = 8;

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
   * What this attempt was discarded for: the first end in it, since another may only follow from
   * that. Empty where Kubernetes does not tell of any.
   */
  Optional<ContainerTermination> cause() {
    return ofAttempt().stream().findFirst();
  }

  private List<ContainerTermination> ofAttempt() {
    return progress.atHand().scheduledAt().stream()
        .flatMap(since -> target.ends().stream().filter(end -> !end.isBefore(since)))
        .sorted(Comparator.comparing(end -> end.finishedAt().orElseThrow()))
        .limit(MAX_KEPT)
        .toList();
  }

  /** The cause in words with where the log is, for the end of a sentence; empty without one. */
  String ofThisAttempt() {
    return cause().map(end -> end.text() + where(ofAttempt(), number())).orElse("");
  }

  /** The same of the newest end, after the attempt. */
  String afterTheAttempt() {
    return target.lastEnd().map(end -> end.text() + whereLast()).orElse("");
  }

  /** Where the log of the newest end is kept, for the end of a sentence. */
  String whereLast() {
    return where(target.lastEnd().stream().toList(), number() + 1);
  }

  /** What keeps the logs of this attempt's ends; nothing where there is none. */
  List<RunAction> record() {
    return record(ofAttempt(), number());
  }

  /** The same of the newest end, after the attempt. */
  List<RunAction> recordLast() {
    return record(target.lastEnd().stream().toList(), number() + 1);
  }

  private int number() {
    return progress.atHand().number();
  }

  private List<RunAction> record(List<ContainerTermination> ends, int attempt) {
    return hasLog(ends)
        ? List.of(new RunAction.RecordCrash(step.index(), attempt, step.target(), ends))
        : List.of();
  }

  private String where(List<ContainerTermination> ends, int attempt) {
    return hasLog(ends)
        ? "; the lines before it: ConfigMap " + plan.run().crashLog(step.index(), attempt)
        : "";
  }

  private static boolean hasLog(List<ContainerTermination> ends) {
    return ends.stream().anyMatch(end -> !end.log().lines().isEmpty());
  }
}

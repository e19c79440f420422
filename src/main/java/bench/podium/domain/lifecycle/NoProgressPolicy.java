package bench.podium.domain.lifecycle;

import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides whether a run that occupies the slot makes progress. Most waits have a bound of their
 * own, after which the run, the target or the attempt ends; these are not handled here. All others
 * are bounded by {@code limits.startTimeout}: results that the API server rejects, and objects that
 * can be neither created nor deleted.
 */
public final class NoProgressPolicy {

  /** Maximum wait for terminating pods, from the last progress of the run. */
  private static final Duration MAX_TERMINATION_WAIT = Duration.ofMinutes(10);

  private final RunPlan plan;
  private final Progress progress;
  private final ProgressTracking tracking;
  private final Instant now;

  public NoProgressPolicy(RunPlan plan, Progress progress, ProgressTracking tracking, Instant now) {
    this.plan = plan;
    this.progress = progress;
    this.tracking = tracking;
    this.now = now;
  }

  /** Whether a write is progress. Restarting the workers' time to start is none. */
  public static boolean isProgress(Progress before, RunAction.Write write) {
    return !(write instanceof RunAction.ReplaceWorkers)
        || write.next().load().number() > before.load().number();
  }

  /**
   * Judges by the next actions.
   *
   * @return why the run makes no progress; empty while it makes progress, or where another bound
   *     applies
   */
  Optional<String> cause(RunObservation observed, List<RunAction> decisions) {
    boolean boundedElsewhere =
        decisions.stream().anyMatch(decision -> makesProgress(decision, observed))
            || (progress.t0().isPresent() && observed.recorded().unwritten().isEmpty());
    return boundedElsewhere || !isStalled(boundStarts(observed))
        ? Optional.empty()
        : Optional.of(causeText(observed, decisions));
  }

  /**
   * Whether requests have failed for so long that the run makes no progress, whatever its actions
   * are.
   */
  public boolean isStalled() {
    return isStalled(tracking.failingSince().stream());
  }

  private boolean isStalled(Stream<Instant> boundStarts) {
    Duration bound = plan.limits().startTimeout();
    return Stream.of(
            Stream.of(tracking.lastProgressAt()),
            attemptEnd(),
            progress.notBefore().stream(),
            boundStarts)
        .flatMap(each -> each)
        .noneMatch(last -> Duration.between(last, now).compareTo(bound) < 0);
  }

  private boolean makesProgress(RunAction decision, RunObservation observed) {
    return switch (decision) {
      case RunAction.FinishRun finish -> true;
      case RunAction.Write write -> isProgress(progress, write);
      case RunAction.RecordStep step -> observed.recorded().unwritten().isEmpty();
      case RunAction.FailTarget end -> observed.recorded().unwritten().isEmpty();
      default -> false;
    };
  }

  /** The time that a load in progress needs does not count. */
  private Stream<Instant> attemptEnd() {
    Optional<Instant> inProgress =
        progress
            .t0()
            .map(
                t0 -> {
                  Step step = plan.steps().get(Math.min(progress.step(), plan.steps().size() - 1));
                  return t0.plus(Timing.load(plan.load(), step)).plus(plan.load().timeout());
                });
    return Stream.concat(
        inProgress.stream(), progress.ending().map(AttemptTermination::loadUntil).stream());
  }

  /**
   * Times from which the bound counts: the start of what is starting, and the end of the bound of
   * what is terminating.
   */
  private Stream<Instant> boundStarts(RunObservation observed) {
    Stream<Instant> load =
        observed.workers() instanceof WorkersObservation.Present present
            ? Stream.concat(
                progress.load().waitingSince().stream(),
                present.othersUntil().stream().map(this::boundOfTerminating))
            : Stream.empty();
    Stream<Instant> targets =
        observed.targets().stream()
            .flatMap(
                target ->
                    switch (target.state()) {
                      case TargetObservation.State.Starting(Instant since, _) -> Stream.of(since);
                      case TargetObservation.State.Terminating(Instant overdueAt) ->
                          Stream.of(boundOfTerminating(overdueAt));
                      case TargetObservation.State.Ready _ -> Stream.<Instant>empty();
                      case TargetObservation.State.ServiceUnavailable _ -> Stream.<Instant>empty();
                      case TargetObservation.State.Refused _ -> Stream.<Instant>empty();
                    });
    return Stream.concat(load, targets);
  }

  /**
   * The deadline of pods that are not being deleted is postponed at each observation; hence the
   * maximum.
   */
  private Instant boundOfTerminating(Instant overdueAt) {
    Instant max =
        tracking.lastProgressAt().isBefore(now)
            ? tracking.lastProgressAt().plus(MAX_TERMINATION_WAIT)
            : overdueAt;
    return overdueAt.isBefore(max) ? overdueAt : max;
  }

  private String causeText(RunObservation observed, List<RunAction> decisions) {
    return observed
        .recorded()
        .unwritten()
        .map(problem -> "results cannot be written: " + problem.message())
        .or(tracking::failure)
        .orElseGet(
            () ->
                decisions.stream()
                    .filter(decision -> !(decision instanceof RunAction.Await))
                    .map(decision -> decision.action() + " does not take effect")
                    .findFirst()
                    .or(() -> awaited(decisions))
                    .orElse("the cause is unknown"));
  }

  private static Optional<String> awaited(List<RunAction> decisions) {
    return decisions.stream()
        .filter(RunAction.Await.class::isInstance)
        .map(decision -> "it waits for " + ((RunAction.Await) decision).what())
        .findFirst();
  }
}

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
 * Whether a run that has the place goes on. Most waits have a bound of their own, at which the run,
 * the target or the attempt ends: those are left to it. What has none is bounded here, by {@code
 * limits.startTimeout}: results that are not taken, and objects that can neither be made nor
 * removed.
 */
public final class NoProgressPolicy {

  /** So long a grace period of pods that go is waited for, from when the run last went on. */
  private static final Duration LEAVING_AT_MOST = Duration.ofMinutes(10);

  private final RunPlan plan;
  private final Progress progress;
  private final ProgressTracking movement;
  private final Instant now;

  public NoProgressPolicy(RunPlan plan, Progress progress, ProgressTracking movement, Instant now) {
    this.plan = plan;
    this.progress = progress;
    this.movement = movement;
    this.now = now;
  }

  /** Awaiting workers afresh is no step ahead: nobody could make them. */
  public static boolean isProgress(Progress before, RunAction.Write write) {
    return !(write instanceof RunAction.ReplaceWorkers)
        || write.next().load().number() > before.load().number();
  }

  /**
   * By what is to be done next.
   *
   * @return why the run holds the place in vain; empty while it goes on, or another bound is there
   */
  Optional<String> cause(RunObservation observed, List<RunAction> decisions) {
    boolean boundedElsewhere =
        decisions.stream().anyMatch(decision -> goesOn(decision, observed))
            || (progress.t0().isPresent() && observed.recorded().unwritten().isEmpty());
    return boundedElsewhere || !isFinished(starts(observed))
        ? Optional.empty()
        : Optional.of(why(observed, decisions));
  }

  /** Where nothing can be seen or done, since the API server has turned it down as long. */
  public boolean isFinished() {
    return isFinished(movement.failingSince().stream());
  }

  private boolean isFinished(Stream<Instant> starts) {
    Duration bound = plan.limits().startTimeout();
    return Stream.of(Stream.of(movement.at()), attemptOver(), progress.notBefore().stream(), starts)
        .flatMap(each -> each)
        .noneMatch(last -> Duration.between(last, now).compareTo(bound) < 0);
  }

  private boolean goesOn(RunAction decision, RunObservation observed) {
    return switch (decision) {
      case RunAction.FinishRun finish -> true;
      case RunAction.Write write -> isProgress(progress, write);
      case RunAction.RecordStep step -> observed.recorded().unwritten().isEmpty();
      case RunAction.FailTarget end -> observed.recorded().unwritten().isEmpty();
      default -> false;
    };
  }

  /** The load and what it needs to be answered have their time. */
  private Stream<Instant> attemptOver() {
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

  /** Of what is on its way, since when, or of what goes, until when: these have their own bound. */
  private Stream<Instant> starts(RunObservation observed) {
    Stream<Instant> load =
        observed.load() instanceof WorkersObservation.Present present
            ? Stream.concat(
                progress.load().waitingSince().stream(),
                present.othersUntil().stream().map(this::ofTerminating))
            : Stream.empty();
    Stream<Instant> targets =
        observed.targets().stream()
            .flatMap(
                target ->
                    switch (target.state()) {
                      case TargetObservation.State.Starting(Instant since, _) -> Stream.of(since);
                      case TargetObservation.State.Terminating(Instant overdueAt) ->
                          Stream.of(ofTerminating(overdueAt));
                      case TargetObservation.State.Ready _ -> Stream.<Instant>empty();
                      case TargetObservation.State.ServiceUnavailable _ -> Stream.<Instant>empty();
                      case TargetObservation.State.Refused _ -> Stream.<Instant>empty();
                    });
    return Stream.concat(load, targets);
  }

  /** The end of pods that nobody has told to go is put off at each look, so not for ever. */
  private Instant ofTerminating(Instant overdueAt) {
    Instant most = movement.at().isBefore(now) ? movement.at().plus(LEAVING_AT_MOST) : overdueAt;
    return overdueAt.isBefore(most) ? overdueAt : most;
  }

  private String why(RunObservation observed, List<RunAction> decisions) {
    return observed
        .recorded()
        .unwritten()
        .map(problem -> "results cannot be written: " + problem.message())
        .or(movement::failure)
        .orElseGet(
            () ->
                decisions.stream()
                    .filter(decision -> !(decision instanceof RunAction.Await))
                    .map(decision -> decision.action() + " does not come about")
                    .findFirst()
                    .or(() -> awaited(decisions))
                    .orElse("nothing says why"));
  }

  private static Optional<String> awaited(List<RunAction> decisions) {
    return decisions.stream()
        .filter(RunAction.Await.class::isInstance)
        .map(decision -> "it waits for " + ((RunAction.Await) decision).what())
        .findFirst();
  }
}

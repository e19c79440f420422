package bench.podium.domain.lifecycle;

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
public final class Stall {

  /** So long a grace period of pods that go is waited for, from when the run last went on. */
  private static final Duration LEAVING_AT_MOST = Duration.ofMinutes(10);

  private final RunPlan plan;
  private final Progress progress;
  private final Movement movement;
  private final Instant now;

  public Stall(RunPlan plan, Progress progress, Movement movement, Instant now) {
    this.plan = plan;
    this.progress = progress;
    this.movement = movement;
    this.now = now;
  }

  /** Awaiting load pods afresh is no step ahead: nobody could make them. */
  public static boolean isProgress(Progress before, Decision.Write write) {
    return !(write instanceof Decision.ReplaceLoad)
        || write.next().load().number() > before.load().number();
  }

  /**
   * By what is to be done next.
   *
   * @return why the run holds the place in vain; empty while it goes on, or another bound is there
   */
  Optional<String> cause(Observation seen, List<Decision> decisions) {
    boolean boundedElsewhere =
        decisions.stream().anyMatch(decision -> goesOn(decision, seen))
            || (progress.t0().isPresent() && seen.recorded().unwritten().isEmpty());
    return boundedElsewhere || !isOver(starts(seen))
        ? Optional.empty()
        : Optional.of(why(seen, decisions));
  }

  /** Where nothing can be seen or done, since the API server has turned it down as long. */
  public boolean isOver() {
    return isOver(movement.failingSince().stream());
  }

  private boolean isOver(Stream<Instant> starts) {
    Duration bound = plan.limits().startTimeout();
    return Stream.of(Stream.of(movement.at()), attemptOver(), progress.notBefore().stream(), starts)
        .flatMap(each -> each)
        .noneMatch(last -> Duration.between(last, now).compareTo(bound) < 0);
  }

  private boolean goesOn(Decision decision, Observation seen) {
    return switch (decision) {
      case Decision.FinishRun finish -> true;
      case Decision.Write write -> isProgress(progress, write);
      case Decision.RecordStep step -> seen.recorded().unwritten().isEmpty();
      case Decision.EndTarget end -> seen.recorded().unwritten().isEmpty();
      default -> false;
    };
  }

  /** The load and what it needs to be answered have their time. */
  private Stream<Instant> attemptOver() {
    Optional<Instant> underWay =
        progress
            .t0()
            .map(
                t0 -> {
                  Step step = plan.steps().get(Math.min(progress.step(), plan.steps().size() - 1));
                  return t0.plus(Timing.load(plan.load(), step)).plus(plan.load().timeout());
                });
    return Stream.concat(underWay.stream(), progress.ending().map(Ending::loadUntil).stream());
  }

  /** Of what is on its way, since when, or of what goes, until when: these have their own bound. */
  private Stream<Instant> starts(Observation seen) {
    Stream<Instant> load =
        seen.load() instanceof LoadObservation.Present present
            ? Stream.concat(
                progress.load().awaitedSince().stream(),
                present.othersUntil().stream().map(this::ofLeaving))
            : Stream.empty();
    Stream<Instant> targets =
        seen.targets().stream()
            .flatMap(
                target ->
                    switch (target.state()) {
                      case TargetObservation.State.Starting(Instant since, _) -> Stream.of(since);
                      case TargetObservation.State.Leaving(Instant overdueAt) ->
                          Stream.of(ofLeaving(overdueAt));
                      case TargetObservation.State.Ready _ -> Stream.<Instant>empty();
                      case TargetObservation.State.CutOff _ -> Stream.<Instant>empty();
                      case TargetObservation.State.Refused _ -> Stream.<Instant>empty();
                    });
    return Stream.concat(load, targets);
  }

  /** The end of pods that nobody has told to go is put off at each look, so not for ever. */
  private Instant ofLeaving(Instant overdueAt) {
    Instant most = movement.at().isBefore(now) ? movement.at().plus(LEAVING_AT_MOST) : overdueAt;
    return overdueAt.isBefore(most) ? overdueAt : most;
  }

  private String why(Observation seen, List<Decision> decisions) {
    return seen.recorded()
        .unwritten()
        .map(trouble -> "results cannot be written: " + trouble.message())
        .or(movement::failure)
        .orElseGet(
            () ->
                decisions.stream()
                    .filter(decision -> !(decision instanceof Decision.Await))
                    .map(decision -> decision.arrow() + " does not come about")
                    .findFirst()
                    .or(() -> awaited(decisions))
                    .orElse("nothing says why"));
  }

  private static Optional<String> awaited(List<Decision> decisions) {
    return decisions.stream()
        .filter(Decision.Await.class::isInstance)
        .map(decision -> "it waits for " + ((Decision.Await) decision).what())
        .findFirst();
  }
}

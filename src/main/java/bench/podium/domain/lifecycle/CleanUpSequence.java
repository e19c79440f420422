package bench.podium.domain.lifecycle;

import bench.podium.domain.lifecycle.WorkerObservation.State;
import bench.podium.domain.lifecycle.WorkerObservation.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** After the final status: the load pods end, and what {@code cleanup} does not keep goes. */
public final class CleanUpSequence {

  private final Retention retention;
  private final Instant finishedAt;

  /**
   * @param retention of what still stands; the load pods end all the same
   */
  public CleanUpSequence(Retention retention, Instant finishedAt) {
    this.retention = retention;
    this.finishedAt = finishedAt;
  }

  /**
   * @param loadStands whether a load Job is there
   * @return empty when nothing is left to do
   */
  public List<Decision> decide(
      List<WorkerObservation> workers,
      List<TargetObservation> targets,
      boolean loadStands,
      Instant now) {
    List<WorkerObservation> talking =
        workers.stream()
            .filter(worker -> worker.state() instanceof State.Running)
            .filter(worker -> !worker.talk().saidBye())
            .filter(worker -> mayAnswer(worker, now))
            .toList();
    List<Decision> farewell =
        new ArrayList<>(talking.isEmpty() ? List.of() : awaitBye(talking, now));
    targets.stream()
        .filter(TargetObservation::stands)
        .forEach(target -> farewell.addAll(Farewell.of(target, now)));
    if (!farewell.isEmpty()) {
      return actsThenWait(farewell);
    }
    if (!retention.keeps(finishedAt, now)) {
      return remove(workers, targets, loadStands);
    }
    if (deafPods(workers)) {
      return remove(workers, List.of(), loadStands);
    }
    boolean stands = loadStands || !workers.isEmpty() || !targets.isEmpty();
    return stands ? awaitItsTime(now) : List.of();
  }

  private List<Decision> awaitItsTime(Instant now) {
    return switch (retention) {
      case Retention.For(Duration time) ->
          List.of(
              new Decision.Await(
                  Duration.between(now, finishedAt.plus(time)),
                  "the time of what is kept to pass"));
      case Retention.None(), Retention.Forever() -> List.of();
    };
  }

  /**
   * Each pod is told, and has its time, however late the operator is; one that cannot be told is
   * not tried for ever.
   */
  private boolean mayAnswer(WorkerObservation worker, Instant now) {
    boolean inTime = now.isBefore(finishedAt.plus(Timing.BYE));
    boolean latelyEnough =
        worker
            .told(Told.Kind.FINISH)
            .map(told -> told.within(Timing.BYE, now))
            .orElseGet(() -> now.isBefore(finishedAt.plus(Timing.BYE_LATE)));
    return inTime || latelyEnough;
  }

  private List<Decision> awaitBye(List<WorkerObservation> talking, Instant now) {
    boolean early = now.isBefore(finishedAt.plus(Timing.BYE));
    List<WorkerObservation> untold =
        talking.stream()
            .filter(
                worker ->
                    worker
                        .told(Told.Kind.FINISH)
                        .filter(told -> !early || told.within(Timing.NUDGE, now))
                        .isEmpty())
            .toList();
    Decision wait = new Decision.Await(Timing.NUDGE, "the load pods' last lines");
    return untold.isEmpty() ? List.of(wait) : List.of(new Decision.SayFinish(untold), wait);
  }

  /** Kept pods are for a person to look at, not to hold the place of the next run. */
  private static boolean deafPods(List<WorkerObservation> workers) {
    return workers.stream()
        .anyMatch(worker -> worker.state() instanceof State.Running && !worker.talk().saidBye());
  }

  private static List<Decision> remove(
      List<WorkerObservation> workers, List<TargetObservation> targets, boolean loadStands) {
    List<Decision> decisions = new ArrayList<>();
    if (loadStands) {
      decisions.add(new Decision.RemoveLoad());
    }
    targets.stream()
        .filter(TargetObservation::stands)
        .forEach(target -> decisions.add(new Decision.RemoveTarget(target.name())));
    if (!decisions.isEmpty() || !workers.isEmpty() || !targets.isEmpty()) {
      decisions.add(new Decision.Await(Timing.LOOK, "the run's pods to be gone"));
    }
    return List.copyOf(decisions);
  }

  /** All waits are as long. */
  private static List<Decision> actsThenWait(List<Decision> decisions) {
    return Stream.concat(
            decisions.stream().filter(decision -> !(decision instanceof Decision.Await)),
            decisions.stream().filter(Decision.Await.class::isInstance).limit(1))
        .toList();
  }
}

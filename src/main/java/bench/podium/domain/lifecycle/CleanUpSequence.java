package bench.podium.domain.lifecycle;

import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkerObservation.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** After the final status: the workers end, and what {@code cleanup} does not keep goes. */
public final class CleanUpSequence {

  private final Retention retention;
  private final Instant finishedAt;

  /**
   * @param retention of what still stands; the workers end all the same
   */
  public CleanUpSequence(Retention retention, Instant finishedAt) {
    this.retention = retention;
    this.finishedAt = finishedAt;
  }

  /**
   * @param loadStands whether a worker Job is there
   * @return empty when nothing is left to do
   */
  public List<RunAction> decide(
      List<WorkerObservation> workers,
      List<TargetObservation> targets,
      boolean loadStands,
      Instant now) {
    List<WorkerObservation> talking =
        workers.stream()
            .filter(worker -> worker.state() instanceof State.Running)
            .filter(worker -> !worker.report().stopped())
            .filter(worker -> mayAnswer(worker, now))
            .toList();
    List<RunAction> farewell =
        new ArrayList<>(talking.isEmpty() ? List.of() : awaitStopped(talking, now));
    targets.stream()
        .filter(TargetObservation::stands)
        .forEach(target -> farewell.addAll(CollectorShutdown.of(target, now)));
    if (!farewell.isEmpty()) {
      return actsThenWait(farewell);
    }
    if (!retention.keeps(finishedAt, now)) {
      return remove(workers, targets, loadStands);
    }
    if (unresponsivePods(workers)) {
      return remove(workers, List.of(), loadStands);
    }
    boolean stands = loadStands || !workers.isEmpty() || !targets.isEmpty();
    return stands ? awaitItsTime(now) : List.of();
  }

  private List<RunAction> awaitItsTime(Instant now) {
    return switch (retention) {
      case Retention.For(Duration time) ->
          List.of(
              new RunAction.Await(
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
    boolean inTime = now.isBefore(finishedAt.plus(Timing.SHUTDOWN_GRACE));
    boolean recentEnough =
        worker
            .lastCommand(LastCommand.Kind.FINISH)
            .map(lastCommand -> lastCommand.within(Timing.SHUTDOWN_GRACE, now))
            .orElseGet(() -> now.isBefore(finishedAt.plus(Timing.SHUTDOWN_RETRY_FOR)));
    return inTime || recentEnough;
  }

  private List<RunAction> awaitStopped(List<WorkerObservation> talking, Instant now) {
    boolean early = now.isBefore(finishedAt.plus(Timing.SHUTDOWN_GRACE));
    List<WorkerObservation> untold =
        talking.stream()
            .filter(
                worker ->
                    worker
                        .lastCommand(LastCommand.Kind.FINISH)
                        .filter(
                            lastCommand ->
                                !early || lastCommand.within(Timing.RESEND_INTERVAL, now))
                        .isEmpty())
            .toList();
    RunAction wait = new RunAction.Await(Timing.RESEND_INTERVAL, "the workers' last lines");
    return untold.isEmpty() ? List.of(wait) : List.of(new RunAction.StopWorkers(untold), wait);
  }

  /** Kept pods are for a person to look at, not to hold the place of the next run. */
  private static boolean unresponsivePods(List<WorkerObservation> workers) {
    return workers.stream()
        .anyMatch(worker -> worker.state() instanceof State.Running && !worker.report().stopped());
  }

  private static List<RunAction> remove(
      List<WorkerObservation> workers, List<TargetObservation> targets, boolean loadStands) {
    List<RunAction> decisions = new ArrayList<>();
    if (loadStands) {
      decisions.add(new RunAction.DeleteWorkers());
    }
    targets.stream()
        .filter(TargetObservation::stands)
        .forEach(target -> decisions.add(new RunAction.DeleteTarget(target.name())));
    if (!decisions.isEmpty() || !workers.isEmpty() || !targets.isEmpty()) {
      decisions.add(new RunAction.Await(Timing.POLL_INTERVAL, "the run's pods to be gone"));
    }
    return List.copyOf(decisions);
  }

  /** All waits are as long. */
  private static List<RunAction> actsThenWait(List<RunAction> decisions) {
    return Stream.concat(
            decisions.stream().filter(decision -> !(decision instanceof RunAction.Await)),
            decisions.stream().filter(RunAction.Await.class::isInstance).limit(1))
        .toList();
  }
}

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

/**
 * Decides what to do after the final status: workers and collectors are stopped, and what {@code
 * cleanup} does not retain is deleted.
 */
public final class CleanUpSequence {

  private final Retention retention;
  private final Instant finishedAt;

  /**
   * @param retention how long the pods are retained; the workers' processes are stopped in any case
   */
  public CleanUpSequence(Retention retention, Instant finishedAt) {
    this.retention = retention;
    this.finishedAt = finishedAt;
  }

  /**
   * The next actions, in this order.
   *
   * @param loadStands whether a worker Job exists
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
   * Each worker gets the command to finish and {@link Timing#SHUTDOWN_GRACE} to obey, even if no
   * operator was running at the end. A worker to which the command cannot be sent is retried for
   * {@link Timing#SHUTDOWN_RETRY_FOR}.
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

  /** Retained pods are for inspection; their workers must not disturb the next run. */
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

  /** All waits have the same duration, so that one of them is enough. */
  private static List<RunAction> actsThenWait(List<RunAction> decisions) {
    return Stream.concat(
            decisions.stream().filter(decision -> !(decision instanceof RunAction.Await)),
            decisions.stream().filter(RunAction.Await.class::isInstance).limit(1))
        .toList();
  }
}

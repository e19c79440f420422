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
   * @param workerJobExists whether a worker Job exists
   * @return empty when nothing is left to do
   */
  public List<RunAction> decide(
      List<WorkerObservation> workers,
      List<TargetObservation> targets,
      boolean workerJobExists,
      Instant now) {
    List<WorkerObservation> running =
        workers.stream()
            .filter(worker -> worker.state() instanceof State.Running)
            .filter(worker -> !worker.report().stopped())
            .filter(worker -> mayStillStop(worker, now))
            .toList();
    List<RunAction> shutdown =
        new ArrayList<>(running.isEmpty() ? List.of() : awaitStopped(running, now));
    targets.stream()
        .filter(TargetObservation::isDeployed)
        .forEach(target -> shutdown.addAll(CollectorShutdown.of(target, now)));
    if (!shutdown.isEmpty()) {
      return actionsThenWait(shutdown);
    }
    if (!retention.keeps(finishedAt, now)) {
      return remove(workers, targets, workerJobExists);
    }
    if (anyUnresponsive(workers)) {
      return remove(workers, List.of(), workerJobExists);
    }
    boolean anythingLeft = workerJobExists || !workers.isEmpty() || !targets.isEmpty();
    return anythingLeft ? awaitRetention(now) : List.of();
  }

  private List<RunAction> awaitRetention(Instant now) {
    return switch (retention) {
      case Retention.For(Duration time) ->
          List.of(
              new RunAction.Await(
                  Duration.between(now, finishedAt.plus(time)), "the end of the retention period"));
      case Retention.None(), Retention.Forever() -> List.of();
    };
  }

  /**
   * Each worker gets the command to finish and {@link Timing#SHUTDOWN_GRACE} to obey, even if no
   * operator was running at the end. A worker to which the command cannot be sent is retried for
   * {@link Timing#SHUTDOWN_RETRY_FOR}.
   */
  private boolean mayStillStop(WorkerObservation worker, Instant now) {
    boolean inTime = now.isBefore(finishedAt.plus(Timing.SHUTDOWN_GRACE));
    boolean commandIsRecent =
        worker
            .lastCommand(LastCommand.Kind.FINISH)
            .map(lastCommand -> lastCommand.within(Timing.SHUTDOWN_GRACE, now))
            .orElseGet(() -> now.isBefore(finishedAt.plus(Timing.SHUTDOWN_RETRY_FOR)));
    return inTime || commandIsRecent;
  }

  private List<RunAction> awaitStopped(List<WorkerObservation> running, Instant now) {
    boolean early = now.isBefore(finishedAt.plus(Timing.SHUTDOWN_GRACE));
    List<WorkerObservation> uncommanded =
        running.stream()
            .filter(
                worker ->
                    worker
                        .lastCommand(LastCommand.Kind.FINISH)
                        .filter(
                            lastCommand ->
                                !early || lastCommand.within(Timing.RESEND_INTERVAL, now))
                        .isEmpty())
            .toList();
    RunAction wait = new RunAction.Await(Timing.RESEND_INTERVAL, "the workers' final messages");
    return uncommanded.isEmpty()
        ? List.of(wait)
        : List.of(new RunAction.StopWorkers(uncommanded), wait);
  }

  /** Retained pods are for inspection; their workers must not disturb the next run. */
  private static boolean anyUnresponsive(List<WorkerObservation> workers) {
    return workers.stream()
        .anyMatch(worker -> worker.state() instanceof State.Running && !worker.report().stopped());
  }

  private static List<RunAction> remove(
      List<WorkerObservation> workers, List<TargetObservation> targets, boolean workerJobExists) {
    List<RunAction> decisions = new ArrayList<>();
    if (workerJobExists) {
      decisions.add(new RunAction.DeleteWorkers());
    }
    targets.stream()
        .filter(TargetObservation::isDeployed)
        .forEach(target -> decisions.add(new RunAction.DeleteTarget(target.name())));
    if (!decisions.isEmpty() || !workers.isEmpty() || !targets.isEmpty()) {
      decisions.add(new RunAction.Await(Timing.POLL_INTERVAL, "the run's pods to be deleted"));
    }
    return List.copyOf(decisions);
  }

  /** All waits have the same duration, so that one of them is enough. */
  private static List<RunAction> actionsThenWait(List<RunAction> decisions) {
    return Stream.concat(
            decisions.stream().filter(decision -> !(decision instanceof RunAction.Await)),
            decisions.stream().filter(RunAction.Await.class::isInstance).limit(1))
        .toList();
  }
}

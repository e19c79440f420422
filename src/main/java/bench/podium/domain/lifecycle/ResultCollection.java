package bench.podium.domain.lifecycle;

import bench.podium.domain.observation.WorkerObservation;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.plan.RunPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Requests overdue results again, and discards the attempt if one stays missing. The number of
 * requests is stored on the pod and not derived from the clock, since nothing is requested while no
 * operator is running.
 */
final class ResultCollection {

  private final RunPlan plan;
  private final Progress progress;
  private final List<WorkerObservation> missing;
  private final Instant now;

  ResultCollection(RunPlan plan, Progress progress, List<WorkerObservation> workers, Instant now) {
    this.plan = plan;
    this.progress = progress;
    this.missing =
        workers.stream()
            .filter(
                worker ->
                    !(worker.report().of(progress.current()) instanceof ReportedState.Measured))
            .toList();
    this.now = now;
  }

  List<RunAction> decide() {
    List<WorkerObservation> due =
        missing.stream().filter(worker -> asked(worker).filter(this::recent).isEmpty()).toList();
    List<WorkerObservation> toAsk =
        due.stream().filter(worker -> asks(worker) < bound(worker)).toList();
    if (toAsk.size() < due.size()) {
      return lost(due.stream().filter(worker -> !toAsk.contains(worker)).toList());
    }
    RunAction wait =
        new RunAction.Await(Timing.RESEND_INTERVAL, "results that were asked for again");
    return toAsk.stream()
        .map(this::asks)
        .min(Integer::compareTo)
        .map(asks -> List.of(requestResults(toAsk, asks), wait))
        .orElse(List.of(wait));
  }

  private RunAction requestResults(List<WorkerObservation> toAsk, int asks) {
    return new RunAction.RequestResults(
        toAsk.stream().filter(worker -> asks(worker) == asks).toList(), asks + 1);
  }

  private List<RunAction> lost(List<WorkerObservation> pods) {
    String names = pods.stream().map(WorkerObservation::pod).collect(Collectors.joining(", "));
    String why = "WorkerMissing: no result of " + names + " in time";
    return RetryPolicy.discardOrFail(plan, progress.replaceWorkersAfterStart(plan, now, why), why);
  }

  private int bound(WorkerObservation worker) {
    Optional<Instant> heard = worker.report().lastHeard();
    if (heard.isEmpty()) {
      return Timing.ASKS_UNHEARD;
    }
    boolean lives = heard.filter(at -> now.isBefore(at.plus(Timing.RECENT))).isPresent();
    return lives && !hasAnswered(worker) ? Timing.ASKS_HEARD : Timing.ASKS;
  }

  /** Whether it has reported after the last request, but not its result. */
  private boolean hasAnswered(WorkerObservation worker) {
    return asked(worker)
        .flatMap(
            lastCommand ->
                worker.report().lastSaid().filter(said -> !said.isBefore(lastCommand.at())))
        .isPresent();
  }

  private int asks(WorkerObservation worker) {
    return asked(worker).map(LastCommand::ask).orElse(0);
  }

  /** The last request for its result; a request for its state alone (0) does not count. */
  private Optional<LastCommand> asked(WorkerObservation worker) {
    return worker
        .lastCommand(LastCommand.Kind.REPEAT, progress.current())
        .filter(lastCommand -> lastCommand.ask() > 0);
  }

  private boolean recent(LastCommand lastCommand) {
    return lastCommand.within(Timing.ASK_AGAIN, now);
  }
}

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
                    !(worker.report().stateIn(progress.attemptId())
                        instanceof ReportedState.Measured))
            .toList();
    this.now = now;
  }

  List<RunAction> decide() {
    List<WorkerObservation> due =
        missing.stream()
            .filter(worker -> lastRequest(worker).filter(this::isRecent).isEmpty())
            .toList();
    List<WorkerObservation> toRequest =
        due.stream().filter(worker -> requestCount(worker) < maxRequests(worker)).toList();
    if (toRequest.size() < due.size()) {
      return lost(due.stream().filter(worker -> !toRequest.contains(worker)).toList());
    }
    RunAction wait = new RunAction.Await(Timing.RESEND_INTERVAL, "the requested results");
    return toRequest.stream()
        .map(this::requestCount)
        .min(Integer::compareTo)
        .map(requestCount -> List.of(requestResults(toRequest, requestCount), wait))
        .orElse(List.of(wait));
  }

  private RunAction requestResults(List<WorkerObservation> toRequest, int requestCount) {
    return new RunAction.RequestResults(
        toRequest.stream().filter(worker -> requestCount(worker) == requestCount).toList(),
        requestCount + 1);
  }

  private List<RunAction> lost(List<WorkerObservation> pods) {
    String names = pods.stream().map(WorkerObservation::pod).collect(Collectors.joining(", "));
    String why = "WorkerMissing: no result of " + names + " in time";
    return RetryPolicy.discardOrFail(plan, progress.replaceWorkersAfterStart(plan, now, why), why);
  }

  private int maxRequests(WorkerObservation worker) {
    Optional<Instant> lastMessage = worker.report().lastMessageAt();
    if (lastMessage.isEmpty()) {
      return Timing.MAX_RESULT_REQUESTS_UNREAD;
    }
    boolean alive = lastMessage.filter(at -> now.isBefore(at.plus(Timing.RECENT))).isPresent();
    return alive && !hasAnswered(worker)
        ? Timing.MAX_RESULT_REQUESTS_UNANSWERED
        : Timing.MAX_RESULT_REQUESTS;
  }

  /** Whether it has reported after the last request, but not its result. */
  private boolean hasAnswered(WorkerObservation worker) {
    return lastRequest(worker)
        .flatMap(
            lastCommand ->
                worker
                    .report()
                    .lastReportAt()
                    .filter(reported -> !reported.isBefore(lastCommand.at())))
        .isPresent();
  }

  private int requestCount(WorkerObservation worker) {
    return lastRequest(worker).map(LastCommand::ask).orElse(0);
  }

  /** The last request for its result; a request for its state alone (0) does not count. */
  private Optional<LastCommand> lastRequest(WorkerObservation worker) {
    return worker
        .lastCommand(LastCommand.Kind.REPEAT, progress.attemptId())
        .filter(lastCommand -> lastCommand.ask() > 0);
  }

  private boolean isRecent(LastCommand lastCommand) {
    return lastCommand.within(Timing.RESULT_REQUEST_INTERVAL, now);
  }
}

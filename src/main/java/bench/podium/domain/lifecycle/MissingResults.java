package bench.podium.domain.lifecycle;

import bench.podium.domain.lifecycle.WorkerObservation.Told;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import bench.podium.domain.plan.RunPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Results that are not there when they should be: each pod is asked again, and then its result is
 * missing. How often it was asked stands on the pod and not in the clock, since nobody asks while
 * there is no operator.
 */
final class MissingResults {

  private final RunPlan plan;
  private final Progress progress;
  private final List<WorkerObservation> missing;
  private final Instant now;

  MissingResults(RunPlan plan, Progress progress, List<WorkerObservation> workers, Instant now) {
    this.plan = plan;
    this.progress = progress;
    this.missing =
        workers.stream()
            .filter(worker -> !(worker.talk().of(progress.current()) instanceof Says.Measured))
            .toList();
    this.now = now;
  }

  List<Decision> decide() {
    List<WorkerObservation> due =
        missing.stream().filter(worker -> asked(worker).filter(this::lately).isEmpty()).toList();
    List<WorkerObservation> toAsk =
        due.stream().filter(worker -> asks(worker) < bound(worker)).toList();
    if (toAsk.size() < due.size()) {
      return lost(due.stream().filter(worker -> !toAsk.contains(worker)).toList());
    }
    Decision wait = new Decision.Await(Timing.NUDGE, "results that were asked for again");
    return toAsk.stream()
        .map(this::asks)
        .min(Integer::compareTo)
        .map(asks -> List.of(askAgain(toAsk, asks), wait))
        .orElse(List.of(wait));
  }

  private Decision askAgain(List<WorkerObservation> toAsk, int asks) {
    return new Decision.AskAgain(
        toAsk.stream().filter(worker -> asks(worker) == asks).toList(), asks + 1);
  }

  private List<Decision> lost(List<WorkerObservation> pods) {
    String names = pods.stream().map(WorkerObservation::pod).collect(Collectors.joining(", "));
    String why = "WorkerMissing: no result of " + names + " in time";
    return Attempts.voidOrEnd(plan, progress.replaceLoadAfterStart(plan, now, why), why);
  }

  private int bound(WorkerObservation worker) {
    Optional<Instant> heard = worker.talk().lastHeard();
    if (heard.isEmpty()) {
      return Timing.ASKS_UNHEARD;
    }
    boolean lives = heard.filter(at -> now.isBefore(at.plus(Timing.LATELY))).isPresent();
    return lives && !hasAnswered(worker) ? Timing.ASKS_HEARD : Timing.ASKS;
  }

  /** Without a result, as it is missing. */
  private boolean hasAnswered(WorkerObservation worker) {
    return asked(worker)
        .flatMap(told -> worker.talk().lastSaid().filter(said -> !said.isBefore(told.at())))
        .isPresent();
  }

  private int asks(WorkerObservation worker) {
    return asked(worker).map(Told::ask).orElse(0);
  }

  /** For its result; being asked for its state (0) does not count. */
  private Optional<Told> asked(WorkerObservation worker) {
    return worker.told(Told.Kind.REPEAT, progress.current()).filter(told -> told.ask() > 0);
  }

  private boolean lately(Told told) {
    return told.within(Timing.ASK_AGAIN, now);
  }
}

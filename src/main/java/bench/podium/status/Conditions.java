package bench.podium.status;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.ConditionStatus;
import bench.podium.api.v1alpha1.RunCondition;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.lifecycle.FinishReason;
import bench.podium.domain.lifecycle.NoProgressBackoff;
import bench.podium.status.RunSnapshot.Phase;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The conditions of a run in each phase. */
final class Conditions {

  private Conditions() {}

  /** All conditions; one whose status has not changed keeps the time of its last transition. */
  static List<RunCondition> of(RunSnapshot snapshot, List<RunCondition> before, Instant now) {
    return values(snapshot.phase()).entrySet().stream()
        .map(entry -> merge(entry.getKey(), entry.getValue(), before, snapshot.generation(), now))
        .toList();
  }

  private static RunCondition merge(
      ConditionType type,
      ConditionValue value,
      List<RunCondition> before,
      long generation,
      Instant now) {
    String since =
        before.stream()
            .filter(old -> old.type().equals(type.text()) && old.status() == value.status())
            .map(RunCondition::lastTransitionTime)
            .findFirst()
            .orElse(TimeText.seconds(now));
    return new RunCondition(
        type.text(),
        value.status(),
        value.reason().text(),
        TextTruncation.to(Bounds.MESSAGE_LENGTH, value.message()),
        since,
        generation);
  }

  private static Map<ConditionType, ConditionValue> values(Phase phase) {
    Map<ConditionType, ConditionValue> values = new EnumMap<>(ConditionType.class);
    for (ConditionType type : ConditionType.values()) {
      values.put(type, ConditionValue.notYetKnown());
    }
    switch (phase) {
      case Phase.Rejected rejected -> rejected(values, rejected);
      case Phase.Queued queued -> queued(values, queued);
      case Phase.SuspendedBeforeStart _ -> suspended(values);
      case Phase.CancelledBeforeStart _ -> cancelledBeforeStart(values);
      case Phase.Resumed _ -> resumed(values);
      case Phase.BackedOff backedOff -> noProgress(values, backedOff.progress().backoff());
      case Phase.Active(RunSnapshot.Execution execution, _)
          when execution.progress().pause().isOn() ->
          suspended(values);
      case Phase.Active(RunSnapshot.Execution execution, _)
          when execution.progress().backoff().isOn() ->
          noProgress(values, execution.progress().backoff());
      case Phase.Active active -> active(values, active);
      case Phase.Unplannable unplannable -> unplannable(values, unplannable);
      case Phase.Finished finished -> finished(values, finished);
    }
    return values;
  }

  private static void rejected(Map<ConditionType, ConditionValue> values, Phase.Rejected rejected) {
    values.put(ConditionType.ACCEPTED, ConditionValue.no(rejected.reason(), rejected.message()));
    end(values, Reason.NOT_STARTED, Verdict.ERROR, Reason.ERROR, rejected.message());
  }

  private static void queued(Map<ConditionType, ConditionValue> values, Phase.Queued queued) {
    values.put(ConditionType.ACCEPTED, ConditionValue.yes(Reason.VALID, ""));
    values.put(ConditionType.ADMITTED, ConditionValue.no(Reason.QUEUED, queued.text()));
    notFinished(values, "waiting in the queue");
  }

  private static void suspended(Map<ConditionType, ConditionValue> values) {
    String message = "suspended: set spec.suspend to false to resume it";
    values.put(ConditionType.ACCEPTED, ConditionValue.yes(Reason.VALID, ""));
    values.put(ConditionType.ADMITTED, ConditionValue.no(Reason.SUSPENDED, message));
    notFinished(values, message);
  }

  /** Not Stalled, which tools regard as final. */
  private static void noProgress(
      Map<ConditionType, ConditionValue> values, NoProgressBackoff backoff) {
    String message =
        "no progress; retried after the other runs, from %s on: %s"
            .formatted(backoff.nextTry().map(TimeText::seconds).orElse("now"), backoff.cause());
    values.put(ConditionType.ACCEPTED, ConditionValue.yes(Reason.VALID, ""));
    values.put(ConditionType.ADMITTED, ConditionValue.no(Reason.NO_PROGRESS, message));
    notFinished(values, message);
  }

  private static void cancelledBeforeStart(Map<ConditionType, ConditionValue> values) {
    String message = "cancelled before it was admitted; nothing was started";
    values.put(ConditionType.ACCEPTED, ConditionValue.yes(Reason.VALID, ""));
    values.put(ConditionType.ADMITTED, ConditionValue.no(Reason.CANCELLED, message));
    end(values, Reason.CANCELLED, Verdict.INCONCLUSIVE, Reason.INCONCLUSIVE, message);
  }

  private static void resumed(Map<ConditionType, ConditionValue> values) {
    values.put(ConditionType.ACCEPTED, ConditionValue.yes(Reason.VALID, ""));
    values.put(ConditionType.ADMITTED, ConditionValue.yes(Reason.ADMITTED, ""));
    notFinished(values, "resumed: it occupies the slot again");
  }

  private static void active(Map<ConditionType, ConditionValue> values, Phase.Active active) {
    RunSnapshot.Execution execution = active.execution();
    admitted(values, execution);
    int steps = execution.plan().steps().size();
    notFinished(
        values,
        "step %d of %d%s"
            .formatted(
                Math.min(execution.progress().step() + 1, steps),
                steps,
                active.blockedBy().map(why -> ": " + why).orElse("")));
  }

  private static void unplannable(
      Map<ConditionType, ConditionValue> values, Phase.Unplannable unplannable) {
    values.put(
        ConditionType.ACCEPTED, ConditionValue.no(unplannable.reason(), unplannable.message()));
    values.put(ConditionType.ADMITTED, ConditionValue.yes(Reason.ADMITTED, ""));
    Reason end = unplannable.reason() == Reason.UNSUPPORTED ? Reason.UNSUPPORTED : Reason.ABORTED;
    end(values, end, Verdict.ERROR, Reason.ERROR, unplannable.message());
  }

  private static void finished(Map<ConditionType, ConditionValue> values, Phase.Finished finished) {
    admitted(values, finished.execution());
    end(
        values,
        reason(finished.reason()),
        finished.verdict(),
        succeeded(finished),
        finished.message());
  }

  private static void admitted(
      Map<ConditionType, ConditionValue> values, RunSnapshot.Execution execution) {
    values.put(ConditionType.ACCEPTED, ConditionValue.yes(Reason.VALID, ""));
    values.put(ConditionType.ADMITTED, ConditionValue.yes(Reason.ADMITTED, ""));
    values.put(ConditionType.TARGETS_READY, component(execution.targets()));
    values.put(ConditionType.WORKERS_READY, component(execution.workers()));
  }

  private static ConditionValue component(ComponentStatus component) {
    return switch (component) {
      case ComponentStatus.NotYetKnown() -> ConditionValue.notYetKnown();
      case ComponentStatus.Pending(Reason reason, String message) ->
          ConditionValue.no(reason, message);
      case ComponentStatus.Ready(String message) -> ConditionValue.yes(Reason.READY, message);
      case ComponentStatus.Failed(Reason reason, String message) ->
          ConditionValue.no(reason, message);
    };
  }

  private static void notFinished(Map<ConditionType, ConditionValue> values, String message) {
    values.put(ConditionType.FINISHED, ConditionValue.no(Reason.RUNNING, message));
    values.put(ConditionType.SUCCEEDED, ConditionValue.unknown(Reason.NOT_YET_KNOWN, ""));
    values.put(ConditionType.READY, ConditionValue.no(Reason.RUNNING, message));
    values.put(ConditionType.RECONCILING, ConditionValue.yes(Reason.RUNNING, message));
    values.put(ConditionType.STALLED, ConditionValue.no(Reason.RUNNING, ""));
  }

  /**
   * The three conditions of kstatus: Ready for Passed, otherwise Stalled, since kstatus regards
   * Ready=False alone as in progress.
   */
  private static void end(
      Map<ConditionType, ConditionValue> values,
      Reason reason,
      Verdict verdict,
      Reason succeeded,
      String message) {
    boolean passed = verdict == Verdict.PASSED;
    values.put(ConditionType.FINISHED, ConditionValue.yes(reason, message));
    values.put(
        ConditionType.SUCCEEDED, new ConditionValue(succeededStatus(verdict), succeeded, message));
    values.put(
        ConditionType.READY,
        passed ? ConditionValue.yes(reason, message) : ConditionValue.no(reason, message));
    values.put(ConditionType.RECONCILING, ConditionValue.no(reason, ""));
    values.put(
        ConditionType.STALLED,
        passed ? ConditionValue.no(reason, "") : ConditionValue.yes(reason, message));
  }

  private static ConditionStatus succeededStatus(Verdict verdict) {
    return switch (verdict) {
      case PASSED -> ConditionStatus.TRUE;
      case FAILED, ERROR -> ConditionStatus.FALSE;
      case INCONCLUSIVE -> ConditionStatus.UNKNOWN;
    };
  }

  private static Reason succeeded(Phase.Finished finished) {
    return finished.execution().rows().stream()
        .map(Row::violations)
        .flatMap(List::stream)
        .findFirst()
        .map(violation -> ReasonMapper.reason(violation.check()))
        .orElseGet(() -> ReasonMapper.reason(finished.verdict()));
  }

  private static Reason reason(FinishReason reason) {
    return switch (reason) {
      case COMPLETED -> Reason.COMPLETED;
      case DEADLINE_EXCEEDED -> Reason.DEADLINE_EXCEEDED;
      case CANCELLED -> Reason.CANCELLED;
      case ABORTED -> Reason.ABORTED;
      case ATTEMPTS_EXHAUSTED -> Reason.ATTEMPTS_EXHAUSTED;
      case TARGETS_FAILED -> Reason.TARGETS_FAILED;
      case WORKERS_FAILED -> Reason.WORKERS_FAILED;
      case NOT_STARTED -> Reason.NOT_STARTED;
    };
  }
}

package bench.podium.status;

import bench.podium.api.v1alpha1.AttemptStatus;
import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.EarlierAttemptsStatus;
import bench.podium.api.v1alpha1.EndedAttempt;
import bench.podium.api.v1alpha1.StepFailureStatus;
import bench.podium.api.v1alpha1.TerminationStatus;
import bench.podium.domain.evaluation.AttemptHistory;
import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.lifecycle.AttemptTermination;
import bench.podium.domain.lifecycle.CurrentAttempt;
import bench.podium.domain.lifecycle.FinishReason;
import bench.podium.domain.lifecycle.StepFailure;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Converts the attempts at the step in progress to their form in the status, and back. */
final class AttemptText {

  private AttemptText() {}

  static CurrentAttempt current(AttemptStatus status) {
    return new CurrentAttempt(
        orZero(status.number()),
        TimeText.parseIfPresent(status.scheduledAt()),
        TimeText.parseIfPresent(status.startAt()),
        TimeText.parseIfPresent(status.firstScheduledAt()),
        orZero(status.abortedAttempts()),
        orZero(status.uncountedDiscards()),
        orZero(status.discardedAttempts()),
        termination(status),
        failure(status),
        history(status));
  }

  static AttemptStatus text(CurrentAttempt attempt, Optional<Instant> notBefore, long sequence) {
    return new AttemptStatus(
        attempt.number(),
        TimeText.microsOrNull(attempt.t0()),
        TimeText.microsOrNull(attempt.scheduledAt()),
        TimeText.microsOrNull(attempt.armingSince()),
        TimeText.microsOrNull(notBefore),
        attempt.abortedAttempts(),
        attempt.discarded(),
        attempt.lateAborts(),
        sequence,
        attempt.ending().map(AttemptText::text).orElse(null),
        attempt.end().map(AttemptText::text).orElse(null),
        history(attempt.history()),
        earlier(attempt.history()));
  }

  private static Optional<AttemptTermination> termination(AttemptStatus status) {
    return Optional.ofNullable(status.termination())
        .map(
            text ->
                new AttemptTermination(
                    value(
                        AttemptTermination.Kind.values(),
                        AttemptTermination.Kind::text,
                        text.kind()),
                    TimeText.parse(text.startAt()),
                    TimeText.parse(text.loadUntil()),
                    TimeText.parse(text.givenUpAt()),
                    Math.max(1, orZero(text.generation())),
                    orEmpty(text.reason()),
                    sent(text)));
  }

  private static Map<Integer, Long> sent(TerminationStatus text) {
    Map<Integer, Long> sent = new TreeMap<>();
    text.sent().forEach(each -> sent.put(orZero(each.worker()), orZero(each.sent())));
    return sent;
  }

  private static TerminationStatus text(AttemptTermination termination) {
    return new TerminationStatus(
        termination.kind().text(),
        TimeText.micros(termination.t0()),
        TimeText.micros(termination.loadUntil()),
        TimeText.micros(termination.givenUpAt()),
        termination.generation(),
        message(termination.reason()),
        termination.sent().entrySet().stream()
            .map(each -> new TerminationStatus.WorkerSent(each.getKey(), each.getValue()))
            .toList());
  }

  private static Optional<StepFailure> failure(AttemptStatus status) {
    return Optional.ofNullable(status.stepFailure())
        .map(
            text ->
                text.runReason() == null
                    ? new StepFailure.TargetFailed(
                        value(RowReason.values(), RowReason::text, text.targetReason()),
                        orEmpty(text.message()),
                        orZero(text.restarts()),
                        orZero(text.oomKills()))
                    : new StepFailure.RunFailed(
                        value(FinishReason.values(), FinishReason::text, text.runReason()),
                        value(Verdict.values(), Verdict::text, text.verdict()),
                        orEmpty(text.message())));
  }

  private static StepFailureStatus text(StepFailure failure) {
    return switch (failure) {
      case StepFailure.TargetFailed(RowReason reason, String message, int restarts, int oomKills) ->
          new StepFailureStatus(reason.text(), null, null, message(message), restarts, oomKills);
      case StepFailure.RunFailed(FinishReason reason, Verdict verdict, String message) ->
          new StepFailureStatus(null, reason.text(), verdict.text(), message(message), null, null);
    };
  }

  private static AttemptHistory history(AttemptStatus status) {
    Optional<EarlierAttemptsStatus> earlier = Optional.ofNullable(status.earlier());
    return new AttemptHistory(
        status.history().stream().map(AttemptText::record).toList(),
        earlier.map(each -> orZero(each.attempts())).orElse(0),
        earlier.map(each -> orZero(each.sent())).orElse(0L),
        earlier.map(each -> orZero(each.unknown())).orElse(0));
  }

  private static AttemptRecord record(EndedAttempt text) {
    return new AttemptRecord(
        orZero(text.attempt()),
        value(AttemptRecord.Outcome.values(), AttemptRecord.Outcome::label, text.outcome()),
        Optional.ofNullable(text.sent()),
        orEmpty(text.reason()));
  }

  private static List<EndedAttempt> history(AttemptHistory history) {
    return history.last().stream()
        .map(
            record ->
                new EndedAttempt(
                    record.attempt(),
                    record.outcome().label(),
                    record.sent().orElse(null),
                    textOrNull(Bounds.REASON_LENGTH, record.reason())))
        .toList();
  }

  /** Null if the history lists all attempts. */
  private static EarlierAttemptsStatus earlier(AttemptHistory history) {
    return history.earlier() == 0
        ? null
        : new EarlierAttemptsStatus(
            history.earlier(), history.earlierSent(), history.earlierUnknown());
  }

  /** A text that is unknown, or was edited by hand, is read as the last value. */
  private static <E> E value(E[] values, Function<E, String> text, String written) {
    return Arrays.stream(values)
        .filter(each -> text.apply(each).equals(written))
        .findFirst()
        .orElse(values[values.length - 1]);
  }

  private static String message(String text) {
    return textOrNull(Bounds.MESSAGE_LENGTH, text);
  }

  /** Null for an empty text, which is omitted from the status. */
  private static String textOrNull(int bound, String text) {
    return text.isEmpty() ? null : TextTruncation.to(bound, text);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private static int orZero(Integer value) {
    return value == null ? 0 : value;
  }

  private static long orZero(Long value) {
    return value == null ? 0 : value;
  }
}

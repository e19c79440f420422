package bench.podium.status;

import bench.podium.api.v1alpha1.AttemptStatus;
import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.EarlierAttemptsStatus;
import bench.podium.api.v1alpha1.ProgressStatus;
import bench.podium.api.v1alpha1.StepFailureStatus;
import bench.podium.api.v1alpha1.TerminationStatus;
import bench.podium.domain.evaluation.AttemptHistory;
import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.lifecycle.AttemptTermination;
import bench.podium.domain.lifecycle.FinishReason;
import bench.podium.domain.lifecycle.StepFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What came of a step's attempts so far, in the run's status. */
final class AttemptText {

  private AttemptText() {}

  static Optional<AttemptTermination> ending(ProgressStatus status) {
    return Optional.ofNullable(status.ending())
        .map(
            text ->
                new AttemptTermination(
                    value(AttemptTermination.Kind.values(), text.kind()),
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

  static TerminationStatus text(AttemptTermination ending) {
    return new TerminationStatus(
        text(ending.kind()),
        TimeText.micros(ending.t0()),
        TimeText.micros(ending.loadUntil()),
        TimeText.micros(ending.givenUpAt()),
        ending.generation(),
        message(ending.reason()),
        ending.sent().entrySet().stream()
            .map(each -> new TerminationStatus.WorkerSent(each.getKey(), each.getValue()))
            .toList());
  }

  static Optional<StepFailure> end(ProgressStatus status) {
    return Optional.ofNullable(status.stepEnd())
        .map(
            text ->
                text.runReason() == null
                    ? new StepFailure.TargetTerminations(
                        value(RowReason.values(), text.targetReason()),
                        orEmpty(text.message()),
                        orZero(text.restarts()),
                        orZero(text.oomKills()))
                    : new StepFailure.RunEnds(
                        value(FinishReason.values(), text.runReason()),
                        value(Verdict.values(), text.verdict()),
                        orEmpty(text.message())));
  }

  static StepFailureStatus text(StepFailure end) {
    return switch (end) {
      case StepFailure.TargetTerminations(
              RowReason reason,
              String message,
              int restarts,
              int oomKills) ->
          new StepFailureStatus(text(reason), null, null, message(message), restarts, oomKills);
      case StepFailure.RunEnds(FinishReason reason, Verdict verdict, String message) ->
          new StepFailureStatus(null, text(reason), text(verdict), message(message), null, null);
    };
  }

  static AttemptHistory history(ProgressStatus status) {
    Optional<EarlierAttemptsStatus> earlier = Optional.ofNullable(status.earlierAttempts());
    return new AttemptHistory(
        status.attempts().stream().map(AttemptText::record).toList(),
        earlier.map(each -> orZero(each.attempts())).orElse(0),
        earlier.map(each -> orZero(each.sent())).orElse(0L),
        earlier.map(each -> orZero(each.unknown())).orElse(0));
  }

  private static AttemptRecord record(AttemptStatus text) {
    return new AttemptRecord(
        orZero(text.attempt()),
        value(AttemptRecord.Outcome.values(), text.outcome()),
        Optional.ofNullable(text.sent()),
        orEmpty(text.reason()));
  }

  static List<AttemptStatus> attempts(AttemptHistory history) {
    return history.last().stream()
        .map(
            record ->
                new AttemptStatus(
                    record.attempt(),
                    record.outcome().label(),
                    record.sent().orElse(null),
                    textOrNull(Bounds.REASON_LENGTH, record.reason())))
        .toList();
  }

  /** Null where all attempts are listed one by one. */
  static EarlierAttemptsStatus earlier(AttemptHistory history) {
    return history.earlier() == 0
        ? null
        : new EarlierAttemptsStatus(
            history.earlier(), history.earlierSent(), history.earlierUnknown());
  }

  /** As the API spells words: {@code TARGET_RESTARTED} is {@code TargetRestarted}. */
  private static String text(Enum<?> value) {
    StringBuilder text = new StringBuilder();
    for (String word : value.name().split("_", -1)) {
      text.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return text.toString();
  }

  /** What this version does not know, or a person has changed, is the last of them. */
  private static <E extends Enum<E>> E value(E[] values, String text) {
    return Arrays.stream(values)
        .filter(each -> text(each).equals(text))
        .findFirst()
        .orElse(values[values.length - 1]);
  }

  private static String message(String text) {
    return textOrNull(Bounds.MESSAGE_LENGTH, text);
  }

  /** What is empty is left out. */
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

package bench.podium.results;

import bench.podium.domain.evaluation.AttemptHistory;
import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.measurement.ConsistencyCheck;
import bench.podium.domain.measurement.Violation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Truncates the texts of a row so that the index entries of all steps fit one ConfigMap. A
 * truncated text ends with a note, and the step's data has the whole text.
 */
final class StoredRow {

  /** In bytes of JSON, like all lengths here. */
  private static final int MAX_MESSAGE = 1_500;

  private static final int MAX_CHECK_MESSAGE = 400;
  private static final int MAX_VIOLATIONS = 12;

  /** Only a step that was not measured has these; it has no metrics and at most one violation. */
  private static final int MAX_ATTEMPTS = 4;

  /** Reserved for the note about the truncation. */
  private static final int NOTE = 32;

  private StoredRow() {}

  static Row of(Row row) {
    return new Row(
        row.step(),
        row.target(),
        row.stage(),
        row.figures(),
        row.reason(),
        truncate(MAX_MESSAGE, row.message()),
        violations(row.violations()),
        row.warnings(),
        row.attempts(),
        row.restarts(),
        row.oomKills(),
        row.verdict(),
        row.history().map(StoredRow::attempts));
  }

  private static AttemptHistory attempts(AttemptHistory history) {
    AttemptHistory last = history.bounded(MAX_ATTEMPTS);
    return new AttemptHistory(
        last.last().stream()
            .map(
                record ->
                    new AttemptRecord(
                        record.attempt(),
                        record.outcome(),
                        record.sent(),
                        truncate(MAX_CHECK_MESSAGE, record.reason())))
            .toList(),
        last.earlier(),
        last.earlierSent(),
        last.earlierUnknown());
  }

  /** Keeps some violations of each check, so that one check with many does not hide the others. */
  private static List<Violation> violations(List<Violation> violations) {
    Map<ConsistencyCheck, List<Violation>> byCheck = new EnumMap<>(ConsistencyCheck.class);
    violations.forEach(
        each -> byCheck.computeIfAbsent(each.check(), check -> new ArrayList<>()).add(each));
    List<Violation> retained = new ArrayList<>();
    byCheck
        .values()
        .forEach(same -> retained.addAll(firstOf(MAX_VIOLATIONS / byCheck.size(), same)));
    return List.copyOf(retained);
  }

  private static List<Violation> firstOf(int bound, List<Violation> same) {
    List<Violation> retained =
        new ArrayList<>(
            same.stream()
                .limit(bound)
                .map(
                    each ->
                        new Violation(each.check(), truncate(MAX_CHECK_MESSAGE, each.message())))
                .toList());
    if (same.size() > bound) {
      Violation last = same.get(bound - 1);
      String more = " (and %d more of this check)".formatted(same.size() - bound);
      retained.set(
          bound - 1,
          new Violation(last.check(), truncate(MAX_CHECK_MESSAGE - NOTE, last.message()) + more));
    }
    return retained;
  }

  private static String truncate(int bound, String text) {
    String clean = wellFormed(text);
    if (bytes(clean) <= bound) {
      return clean;
    }
    int end = 0;
    int length = 0;
    while (length + bytes(clean.codePointAt(end)) <= bound - NOTE) {
      int point = clean.codePointAt(end);
      length += bytes(point);
      end += Character.charCount(point);
    }
    return clean.substring(0, end)
        + "... (%d more)".formatted(clean.codePointCount(end, clean.length()));
  }

  /** Replaces unpaired surrogates, which the API server does not accept. */
  private static String wellFormed(String text) {
    return text.codePoints()
        .map(point -> point >= 0xD800 && point <= 0xDFFF ? '\uFFFD' : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static int bytes(String text) {
    return text.codePoints().map(StoredRow::bytes).sum();
  }

  /** Length of a character in JSON in UTF-8; control characters are escaped with six characters. */
  private static int bytes(int point) {
    if (point < ' ') {
      return 6;
    }
    if (point < 0x7F) {
      return point == '"' || point == '\\' ? 2 : 1;
    }
    if (point < 0x800) {
      return 2;
    }
    return point < 0x10000 ? 3 : 4;
  }
}

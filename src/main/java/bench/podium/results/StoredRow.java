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
 * A row as the index keeps it: whatever its texts say, the entries of all steps fit one ConfigMap.
 * What is cut says so, and stands whole in the step's data.
 */
final class StoredRow {

  /** In bytes of the JSON, as are all lengths here. */
  private static final int MESSAGE = 1_500;

  private static final int CHECK_MESSAGE = 400;
  private static final int CHECKS = 12;

  /** Of a step that was not measured, and so has no figures and at most one check. */
  private static final int ATTEMPTS = 4;

  /** Room for the note that something was cut. */
  private static final int NOTE = 32;

  private StoredRow() {}

  static Row of(Row row) {
    return new Row(
        row.step(),
        row.target(),
        row.stage(),
        row.figures(),
        row.reason(),
        cut(MESSAGE, row.message()),
        checks(row.violations()),
        row.warnings(),
        row.attempts(),
        row.restarts(),
        row.oomKills(),
        row.verdict(),
        row.history().map(StoredRow::attempts));
  }

  private static AttemptHistory attempts(AttemptHistory history) {
    AttemptHistory last = history.bounded(ATTEMPTS);
    return new AttemptHistory(
        last.last().stream()
            .map(
                record ->
                    new AttemptRecord(
                        record.attempt(),
                        record.outcome(),
                        record.sent(),
                        cut(CHECK_MESSAGE, record.reason())))
            .toList(),
        last.earlier(),
        last.earlierSent(),
        last.earlierUnknown());
  }

  /** Some of each check: a check that each of 100 workers breaks does not hide the others. */
  private static List<Violation> checks(List<Violation> broken) {
    Map<ConsistencyCheck, List<Violation>> byCheck = new EnumMap<>(ConsistencyCheck.class);
    broken.forEach(
        each -> byCheck.computeIfAbsent(each.check(), check -> new ArrayList<>()).add(each));
    List<Violation> kept = new ArrayList<>();
    byCheck.values().forEach(same -> kept.addAll(checks(CHECKS / byCheck.size(), same)));
    return List.copyOf(kept);
  }

  private static List<Violation> checks(int bound, List<Violation> same) {
    List<Violation> kept =
        new ArrayList<>(
            same.stream()
                .limit(bound)
                .map(each -> new Violation(each.check(), cut(CHECK_MESSAGE, each.message())))
                .toList());
    if (same.size() > bound) {
      Violation last = same.get(bound - 1);
      String more = " (and %d more of this check)".formatted(same.size() - bound);
      kept.set(
          bound - 1, new Violation(last.check(), cut(CHECK_MESSAGE - NOTE, last.message()) + more));
    }
    return kept;
  }

  private static String cut(int bound, String text) {
    String clean = whole(text);
    if (bytes(clean) <= bound) {
      return clean;
    }
    int end = 0;
    int kept = 0;
    while (kept + bytes(clean.codePointAt(end)) <= bound - NOTE) {
      int point = clean.codePointAt(end);
      kept += bytes(point);
      end += Character.charCount(point);
    }
    return clean.substring(0, end)
        + "... (%d more)".formatted(clean.codePointCount(end, clean.length()));
  }

  /** Half of a surrogate pair cannot be sent to the API server at all. */
  private static String whole(String text) {
    return text.codePoints()
        .map(point -> point >= 0xD800 && point <= 0xDFFF ? '\uFFFD' : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static int bytes(String text) {
    return text.codePoints().map(StoredRow::bytes).sum();
  }

  /** As JSON in UTF-8; control characters are written with their number. */
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

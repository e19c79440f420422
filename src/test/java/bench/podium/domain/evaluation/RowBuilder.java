package bench.podium.domain.evaluation;

import bench.podium.domain.measurement.Violation;
import java.util.List;

/** Builds variants of a row for tests. */
public final class RowBuilder {

  private final Row row;
  private String message;
  private List<Violation> violations;
  private Verdict verdict;

  private RowBuilder(Row row) {
    this.row = row;
    this.message = row.message();
    this.violations = row.violations();
    this.verdict = row.verdict();
  }

  /** A copy of this row. */
  public static RowBuilder from(Row row) {
    return new RowBuilder(row);
  }

  public RowBuilder message(String value) {
    message = value;
    return this;
  }

  public RowBuilder violations(List<Violation> values) {
    violations = values;
    return this;
  }

  public RowBuilder verdict(Verdict value) {
    verdict = value;
    return this;
  }

  public Row build() {
    return new Row(
        row.step(),
        row.target(),
        row.stage(),
        row.figures(),
        row.reason(),
        message,
        violations,
        row.warnings(),
        row.attempts(),
        row.restarts(),
        row.oomKills(),
        verdict,
        row.history());
  }
}

package bench.podium.e2e;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.ActionName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each action has a failpoint case, and the docs list them. */
class FailpointCaseTest {

  private static final Path DOCS = Path.of("docs/controller-flow.md");

  @Test
  void killsTheOperatorAtEachAction() {
    // Given
    Set<String> actions =
        Stream.of(ActionName.values()).map(ActionName::text).collect(toCollection(TreeSet::new));

    // When
    Set<String> covered =
        new TreeSet<>(FailpointCase.all().stream().map(FailpointCase::action).toList());

    // Then
    assertThat(covered).isEqualTo(actions);
  }

  @Test
  void hasARowInTheDocsForEachAction() {
    // Given
    Stream<String> names =
        Stream.concat(
            Stream.of(ActionName.values()).map(ActionName::text),
            Stream.of(FailpointCase.DELETE_TARGET_IN_CLEAN_UP));

    // When
    List<String> rows = ActionTables.actions();

    // Then
    assertThat(rows).containsExactlyInAnyOrderElementsOf(names.toList());
  }

  @Test
  void hasDistinctCasesWithExistingRuns() {
    // Given
    List<FailpointCase> cases = new ArrayList<>(FailpointCase.all());

    // When
    Set<FailpointCase> distinct = new HashSet<>(cases);

    // Then
    assertThat(distinct).hasSameSizeAs(cases);
    assertThat(cases).containsAll(FailpointCase.inPod());
    assertThat(cases)
        .allSatisfy(
            each ->
                assertThat(getClass().getResource("/e2e/" + each.run() + ".yaml"))
                    .as(each.run())
                    .isNotNull());
  }

  @Test
  void docsListTheFailpointsAtWhichTheOperatorIsKilled() throws IOException {
    // Given
    List<String> docs = Files.readAllLines(DOCS);

    // When
    Map<String, Set<String>> asProcess = positions(docs, 'C');
    Map<String, Set<String>> inPod = positions(docs, 'P');

    // Then
    assertThat(asProcess).isEqualTo(positions(FailpointCase.all()));
    assertThat(inPod).isEqualTo(positions(FailpointCase.inPod()));
  }

  /** Reads the last column of the actions' tables: the positions after this letter, by action. */
  private static Map<String, Set<String>> positions(List<String> docs, char letter) {
    Pattern named = Pattern.compile("\\b" + letter + " ((?:`\\w+`(?:, )?)+)");
    return docs.stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split(" \\| "))
        .map(cells -> Map.entry(cells[0], named.matcher(cells[cells.length - 1])))
        .filter(row -> row.getValue().find())
        .collect(
            toMap(
                row -> row.getKey().substring(2).replace("`", "").strip(),
                row -> items(row.getValue()),
                (one, other) -> one,
                TreeMap::new));
  }

  private static Set<String> items(Matcher matcher) {
    return new TreeSet<>(List.of(matcher.group(1).replace("`", "").split(", ?")));
  }

  private static Map<String, Set<String>> positions(List<FailpointCase> cases) {
    return cases.stream()
        .collect(
            groupingBy(
                FailpointCase::row,
                TreeMap::new,
                mapping(FailpointCase::position, toCollection(TreeSet::new))));
  }
}

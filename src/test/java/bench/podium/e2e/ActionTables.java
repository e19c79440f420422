package bench.podium.e2e;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of actions in docs/controller-flow.md: what each does is in {@code
 * src/test/resources/actions.yaml}, where the operator is killed in {@link FailpointCase}.
 */
public final class ActionTables {

  private static final Path TEXTS = Path.of("src/test/resources/actions.yaml");
  private static final String BEGIN = "<!-- generated: actions -->\n";
  private static final String END = "<!-- end generated -->\n";
  private static final String HEAD =
      """
      | action | what it does | before | after | dies before | dies within | dies after | killed there |
      |---|---|---|---|---|---|---|---|
      """;

  private ActionTables() {}

  private record Section(String title, List<Row> actions) {}

  private record Row(
      String action,
      Optional<String> when,
      String does,
      String before,
      String after,
      String diesBefore,
      String diesWithin,
      String diesAfter,
      Optional<String> also) {

    /** As {@link FailpointCase#row()} calls it. */
    String name() {
      return action + when.map(text -> " " + text).orElse("");
    }
  }

  /** Names of all actions that have a row. */
  static List<String> actions() {
    return sections().stream()
        .flatMap(section -> section.actions().stream())
        .map(Row::name)
        .toList();
  }

  /** The page with its tables as they are now. */
  public static String in(String page) {
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    return page.substring(0, begin)
        + "\n"
        + sections().stream().map(ActionTables::section).collect(Collectors.joining())
        + page.substring(page.indexOf(END));
  }

  private static String section(Section section) {
    return "### %s\n\n%s%s\n\n"
        .formatted(
            section.title(),
            HEAD,
            section.actions().stream().map(ActionTables::row).collect(Collectors.joining("\n")));
  }

  private static String row(Row row) {
    return "| `%s`%s | %s | %s | %s | %s | %s | %s | %s |"
        .formatted(
            row.action(),
            row.when().map(text -> " " + text).orElse(""),
            row.does(),
            row.before(),
            row.after(),
            row.diesBefore(),
            row.diesWithin(),
            row.diesAfter(),
            killed(row));
  }

  private static String killed(Row row) {
    return Stream.of(
            places("C", row, FailpointCase.all()),
            places("P", row, FailpointCase.inPod()),
            row.also())
        .flatMap(Optional::stream)
        .collect(Collectors.joining("; "));
  }

  private static Optional<String> places(String letter, Row row, List<FailpointCase> cases) {
    String places =
        cases.stream()
            .filter(each -> each.row().equals(row.name()))
            .map(FailpointCase::position)
            .distinct()
            .map(place -> "`" + place + "`")
            .collect(Collectors.joining(", "));
    return places.isEmpty() ? Optional.empty() : Optional.of(letter + " " + places);
  }

  private static List<Section> sections() {
    try {
      return new ObjectMapper(new YAMLFactory())
          .findAndRegisterModules()
          .readValue(Files.readString(TEXTS), new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

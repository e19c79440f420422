package bench.podium.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may see whom, besides itself and java. What is not in the table is forbidden. */
final class PackageTable {

  static final String ROOT = "bench.podium.";

  private static final String TABLE =
      """
      package          | of ours                                                       | of others
      api.v1alpha1     |                                                               | json.annotation model crd resource
      domain.plan      |                                                               |
      domain.measure   | domain.plan                                                   | histogram
      domain.judge     | domain.plan domain.measure                                    |
      domain.lifecycle | domain.plan domain.measure domain.judge                       |
      planning         | api.v1alpha1 domain.plan                                      | json model resource
      wire             | domain.plan domain.measure                                    | json
      engine           | domain.plan domain.measure                                    |
      engine.wrk       | domain.plan domain.measure engine                             |
      engine.vegeta    | domain.plan domain.measure engine                             | json
      pod              | wire                                                          |
      worker           | domain.plan domain.measure engine engine.wrk engine.vegeta wire pod |
      observer         | domain.measure wire pod                                       |
      resources        | api.v1alpha1 domain.plan wire events                          | model
      results          | domain.measure domain.judge wire                              | json
      status           | api.v1alpha1 planning domain.plan domain.measure domain.judge domain.lifecycle |
      events           | api.v1alpha1 planning status domain.plan domain.judge domain.lifecycle |
      observe          | resources wire domain.plan domain.measure domain.judge domain.lifecycle | model client log
      metrics          | domain.judge domain.lifecycle                                 | quarkus prometheus
      process          |                                                               | client josdk quarkus log json model
      rehearsal        | resources wire domain.plan domain.measure                     | quarkus
      controller       | api.v1alpha1 planning resources results status events observe metrics process wire domain.plan domain.measure domain.judge domain.lifecycle | model client josdk quarkus prometheus log
      """;

  private static final Map<String, List<String>> OTHERS =
      Map.of(
          "json", List.of("com.fasterxml.jackson."),
          "json.annotation", List.of("com.fasterxml.jackson.annotation."),
          "model", List.of("io.fabric8.kubernetes.api.", "io.fabric8.kubernetes.model."),
          "crd",
              List.of("io.fabric8.crd.generator.annotation.", "io.fabric8.generator.annotation."),
          "resource", List.of("io.fabric8.kubernetes.client.CustomResource"),
          "client", List.of("io.fabric8.kubernetes.client."),
          "josdk", List.of("io.javaoperatorsdk."),
          "quarkus",
              List.of(
                  "io.quarkus.",
                  "io.smallrye.",
                  "io.vertx.",
                  "jakarta.",
                  "org.eclipse.microprofile."),
          "prometheus", List.of("io.prometheus."),
          "log", List.of("org.jboss.logging."));

  private static final Map<String, List<String>> HISTOGRAM =
      Map.of("histogram", List.of("org.HdrHistogram."));

  /**
   * @param ours packages that it may see
   * @param others beginnings of the names of foreign classes that it may see
   */
  record Row(String name, Set<String> ours, Set<String> others) {

    boolean maySee(String packageName, String className) {
      boolean inside = packageName.equals(ROOT + name) || packageName.startsWith("java.");
      return inside
          || ours.stream().anyMatch(each -> packageName.equals(ROOT + each))
          || others.stream().anyMatch(className::startsWith);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private PackageTable() {}

  static List<Row> rows() {
    return TABLE.lines().skip(1).map(PackageTable::row).toList();
  }

  private static Row row(String line) {
    String[] cells = line.split("\\|", -1);
    return new Row(
        cells[0].strip(),
        words(cells[1]).collect(Collectors.toSet()),
        words(cells[2]).flatMap(PackageTable::prefixes).collect(Collectors.toSet()));
  }

  private static Stream<String> words(String cell) {
    return Arrays.stream(cell.strip().split("\\s+")).filter(word -> !word.isEmpty());
  }

  private static Stream<String> prefixes(String word) {
    List<String> known = OTHERS.getOrDefault(word, HISTOGRAM.get(word));
    if (known == null) {
      throw new IllegalArgumentException("no such group of foreign classes: " + word);
    }
    return known.stream();
  }
}

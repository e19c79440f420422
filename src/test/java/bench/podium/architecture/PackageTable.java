package bench.podium.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Allowed dependencies of each package, besides itself and java. Others are forbidden. */
final class PackageTable {

  static final String ROOT = "bench.podium.";

  private static final String TABLE =
      """
      package            | ours | others
      api.v1alpha1       |  | json.annotation model crd resource
      domain.plan        |  |
      domain.measurement | domain.plan | histogram
      domain.evaluation  | domain.plan domain.measurement |
      domain.observation | domain.plan domain.measurement domain.evaluation |
      domain.admission   |  |
      domain.lifecycle   | domain.plan domain.measurement domain.evaluation domain.observation |
      planning           | api.v1alpha1 domain.plan | json model resource
      protocol           | domain.plan domain.measurement | json
      engine             | domain.plan domain.measurement |
      engine.wrk         | domain.plan domain.measurement engine |
      engine.vegeta      | domain.plan domain.measurement engine | json
      agent              | protocol |
      worker             | domain.plan domain.measurement engine engine.wrk engine.vegeta protocol agent |
      collector          | domain.measurement protocol agent |
      resources          | api.v1alpha1 domain.plan protocol events | model
      results            | domain.measurement domain.evaluation protocol | json
      status             | api.v1alpha1 planning domain.plan domain.measurement domain.evaluation domain.observation domain.admission domain.lifecycle |
      events             | api.v1alpha1 planning status domain.plan domain.evaluation domain.observation domain.lifecycle |
      observation        | resources protocol domain.plan domain.measurement domain.evaluation domain.observation domain.lifecycle | model client log
      metrics            | domain.evaluation domain.lifecycle | quarkus prometheus
      bootstrap          |  | client josdk quarkus log json model
      aot                | resources protocol domain.plan domain.measurement | quarkus
      controller.agent   | resources protocol domain.plan domain.observation domain.lifecycle | model client log
      controller.cluster | controller.agent api.v1alpha1 resources results status events observation protocol domain.plan domain.measurement domain.evaluation domain.observation domain.lifecycle | model client josdk quarkus log
      controller.run     | controller.agent controller.cluster api.v1alpha1 planning resources results status events observation metrics bootstrap protocol domain.plan domain.measurement domain.evaluation domain.observation domain.admission domain.lifecycle | model client josdk quarkus prometheus log
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
   * The allowed dependencies of one package.
   *
   * @param ours allowed packages of this project
   * @param others allowed prefixes of names of other classes
   */
  record Row(String name, Set<String> ours, Set<String> others) {

    boolean allows(String packageName, String className) {
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
        items(cells[1]).collect(Collectors.toSet()),
        items(cells[2]).flatMap(PackageTable::prefixes).collect(Collectors.toSet()));
  }

  private static Stream<String> items(String cell) {
    return Arrays.stream(cell.strip().split("\\s+")).filter(group -> !group.isEmpty());
  }

  private static Stream<String> prefixes(String group) {
    List<String> known = OTHERS.getOrDefault(group, HISTOGRAM.get(group));
    if (known == null) {
      throw new IllegalArgumentException("no such group of foreign classes: " + group);
    }
    return known.stream();
  }
}

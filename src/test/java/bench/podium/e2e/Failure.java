package bench.podium.e2e;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.BenchmarkRunSpec;
import bench.podium.api.v1alpha1.Verdict;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A row of {@code src/test/resources/e2e/failures.yaml}, where its fields are explained.
 *
 * @param workerImage image of the workers; absent for Podium's own
 */
record Failure(
    String fault,
    BenchmarkRunSpec spec,
    PreconditionFault given,
    RunFault when,
    Optional<String> workerImage,
    Map<String, String> conditions,
    Verdict verdict,
    List<Row> rows,
    List<String> messages,
    List<String> events,
    Duration within) {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /**
   * An expected result row.
   *
   * @param attempts absent for any number
   * @param above0 JSON pointers of fields that must be above zero
   * @param messages texts that its message must contain
   */
  record Row(
      String reason,
      Verdict verdict,
      Optional<Integer> attempts,
      List<String> above0,
      List<String> messages) {}

  /** All rows of the table. */
  static List<Failure> all() {
    try (InputStream file = Failure.class.getResourceAsStream("/e2e/failures.yaml")) {
      JsonNode table = YAML.readTree(file);
      return StreamSupport.stream(table.get("rows").spliterator(), false)
          .map(row -> read((ObjectNode) table.get("run"), row))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Failure read(ObjectNode run, JsonNode row) {
    return new Failure(
        row.get("fault").asText(),
        YAML.convertValue(merged(run.deepCopy(), row.path("spec")), BenchmarkRunSpec.class),
        PreconditionFault.valueOf(row.path("given").asText("NONE")),
        RunFault.valueOf(row.path("when").asText("NONE")),
        Optional.ofNullable(row.get("workerImage")).map(JsonNode::asText),
        YAML.convertValue(row.get("conditions"), new TypeReference<Map<String, String>>() {}),
        verdict(row),
        StreamSupport.stream(row.get("rows").spliterator(), false).map(Failure::result).toList(),
        texts(row.path("messages")),
        texts(row.path("events")),
        Duration.parse("PT" + row.get("within").asText().toUpperCase(Locale.ROOT)));
  }

  private static Row result(JsonNode row) {
    return new Row(
        row.get("reason").asText(),
        verdict(row),
        Optional.ofNullable(row.get("attempts")).map(JsonNode::asInt),
        texts(row.path("above0")),
        texts(row.path("messages")));
  }

  private static Verdict verdict(JsonNode row) {
    return Verdict.valueOf(row.get("verdict").asText().toUpperCase(Locale.ROOT));
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** Applies a JSON merge patch: objects are merged, other values are replaced. */
  private static ObjectNode merged(ObjectNode into, JsonNode patch) {
    patch
        .properties()
        .forEach(
            field -> {
              JsonNode before = into.get(field.getKey());
              into.set(
                  field.getKey(),
                  before instanceof ObjectNode object && field.getValue().isObject()
                      ? merged(object, field.getValue())
                      : field.getValue());
            });
    return into;
  }

  /** All rows use the same name; the run of a row is removed before the next. */
  BenchmarkRun run() {
    BenchmarkRun run = new BenchmarkRun();
    run.setMetadata(new ObjectMetaBuilder().withName("failing").build());
    run.setSpec(spec);
    return run;
  }

  @Override
  public String toString() {
    return fault;
  }
}

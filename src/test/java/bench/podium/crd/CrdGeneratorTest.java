package bench.podium.crd;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.BenchmarkRunSpec;
import bench.podium.api.v1alpha1.MutableAfterStart;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrdGeneratorTest {

  private final JsonNode version = CrdGenerator.generate().at("/spec/versions/0");
  private final JsonNode root = version.at("/schema/openAPIV3Schema");

  @Test
  void declaresColumnsInReadingOrder() {
    // When
    List<String> names = version.at("/additionalPrinterColumns").findValuesAsText("name");

    // Then
    assertThat(names)
        .containsExactly("PHASE", "VERDICT", "STEP", "BEST", "THROUGHPUT", "P99", "AGE");
  }

  @Test
  void declaresListKeysOfNamedLists() {
    // When
    JsonNode results = root.at("/properties/status/properties/results");

    // Then
    assertThat(results.get("x-kubernetes-list-type").asText()).isEqualTo("map");
    assertThat(results.get("x-kubernetes-list-map-keys"))
        .extracting(JsonNode::asText)
        .containsExactly("target", "stage");
  }

  @Test
  void hasBoundsAndADescriptionForEveryField() {
    // Given
    List<String> violations = new ArrayList<>();

    // When
    inspect("", root, violations);

    // Then
    assertThat(violations).isEmpty();
  }

  @Test
  void makesEveryFieldImmutableAfterTheStartExceptFour() {
    // When
    String rule = RootRules.immutability(BenchmarkRunSpec.class);

    // Then
    Stream.of(BenchmarkRunSpec.class.getRecordComponents())
        .map(component -> component.getName())
        .forEach(
            name ->
                assertThat(rule.contains("self.spec." + name + " =="))
                    .as(name)
                    .isEqualTo(
                        !List.of("cancel", "cleanup", "deadline", "suspend").contains(name)));
    assertThat(rule).isEqualTo(rule(root));
  }

  @Test
  void makesAnAddedFieldImmutableByDefault() {
    // Given
    record WithNewField(String brandNew, @MutableAfterStart String exempt) {}

    // When
    String rule = RootRules.immutability(WithNewField.class);

    // Then
    assertThat(rule)
        .isEqualTo(
            "!has(oldSelf.status) || !has(oldSelf.status.startTime) ||\n"
                + "(has(self.spec.brandNew) == has(oldSelf.spec.brandNew) &&"
                + " (!has(self.spec.brandNew) || self.spec.brandNew == oldSelf.spec.brandNew))");
  }

  private static String rule(JsonNode root) {
    return root.at("/x-kubernetes-validations/1/rule").asText();
  }

  private static void inspect(String path, JsonNode schema, List<String> violations) {
    if (!path.endsWith("[]") && schema.path("description").asText().isEmpty()) {
      violations.add(path + " has no description");
    }
    switch (schema.path("type").asText()) {
      case "string" -> requireOneOf(path, schema, violations, "maxLength", "enum");
      case "array" -> {
        requireOneOf(path, schema, violations, "maxItems");
        requireOneOf(path, schema, violations, "x-kubernetes-list-type");
        inspect(path + "[]", schema.get("items"), violations);
      }
      case "integer" -> requireOneOf(path, schema, violations, "format");
      case "number" -> violations.add(path + " is a floating-point number");
      default -> {
        if (schema.has("additionalProperties")) {
          requireOneOf(path, schema, violations, "maxProperties");
        }
      }
    }
    schema
        .path("properties")
        .properties()
        .forEach(child -> inspect(path + "." + child.getKey(), child.getValue(), violations));
  }

  private static void requireOneOf(
      String path, JsonNode schema, List<String> violations, String... keys) {
    if (Stream.of(keys).noneMatch(schema::has)) {
      violations.add(path + " lacks " + String.join(" or ", keys));
    }
  }
}

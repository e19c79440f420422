package bench.podium.crd;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.AdmissionCase;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The admission cases cover every field and every rule of the spec. */
class AdmissionCoverageTest {

  /** A field that exists only so that its rejection can explain why. */
  private static final String ALWAYS_REJECTED = ".serviceAccountName";

  private final JsonNode spec =
      CrdGenerator.generate().at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");

  @Test
  void everyFieldIsSetInAValidCase() {
    // Given
    Set<String> written =
        AdmissionCase.in("valid")
            .flatMap(given -> given.objects().stream())
            .flatMap(run -> paths("spec", run.get("spec")))
            .collect(Collectors.toSet());

    // When
    Stream<String> fields =
        fields("spec", spec).map(Field::path).filter(path -> !path.endsWith(ALWAYS_REJECTED));

    // Then
    assertThat(fields).isSubsetOf(written);
  }

  @Test
  void everyFieldIsRejectedInAnInvalidCase() {
    // Given
    Set<String> rejected = rejections().keySet();

    // When
    Stream<String> leaves =
        fields("spec", spec).filter(field -> !field.hasFields()).map(Field::path);

    // Then
    assertThat(leaves).isSubsetOf(rejected);
  }

  @Test
  void everyRuleRejectsAnInvalidCase() {
    // Given
    Map<String, List<String>> rejections = rejections();

    // When
    Stream<Rule> rules =
        Stream.concat(
            rules("spec", spec),
            fields("spec", spec).flatMap(field -> rules(field.path(), field.schema())));

    // Then
    assertThat(rules)
        .allSatisfy(
            rule ->
                assertThat(rejections.getOrDefault(rule.path(), List.of()))
                    .anyMatch(expected -> rule.computed() || rule.message().contains(expected)));
  }

  /** The expected messages of the invalid cases, by field. */
  private static Map<String, List<String>> rejections() {
    return AdmissionCase.in("invalid")
        .collect(
            Collectors.groupingBy(
                given ->
                    given
                        .required("field")
                        .replaceAll("\\[\\d+\\]", "[]")
                        .replaceAll("\\[\\]$", ""),
                Collectors.mapping(given -> given.required("expect"), Collectors.toList())));
  }

  /** A field of the spec with its schema. */
  private record Field(String path, JsonNode schema) {

    boolean hasFields() {
      return schema.has("properties") || schema.path("items").has("properties");
    }
  }

  /**
   * @param computed whether its message is computed from the value
   */
  private record Rule(String path, String message, boolean computed) {}

  private static Stream<Field> fields(String path, JsonNode schema) {
    return schema.path("properties").properties().stream()
        .flatMap(child -> field(path + "." + child.getKey(), child.getValue()));
  }

  private static Stream<Field> field(String path, JsonNode schema) {
    Stream<Field> below =
        schema.has("items") ? fields(path + "[]", schema.get("items")) : fields(path, schema);
    return Stream.concat(Stream.of(new Field(path, schema)), below);
  }

  private static Stream<Rule> rules(String path, JsonNode schema) {
    return Stream.concat(
            schema.path("x-kubernetes-validations").valueStream(),
            schema.path("items").path("x-kubernetes-validations").valueStream())
        .map(
            rule ->
                new Rule(
                    rule.has("fieldPath")
                        ? path + (schema.has("items") ? "[]" : "") + rule.get("fieldPath").asText()
                        : path,
                    rule.get("message").asText(),
                    rule.has("messageExpression")));
  }

  private static Stream<String> paths(String path, Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .flatMap(
                  child ->
                      Stream.concat(
                          Stream.of(path + "." + child.getKey()),
                          paths(path + "." + child.getKey(), child.getValue())));
      case List<?> list -> list.stream().flatMap(item -> paths(path + "[]", item));
      default -> Stream.empty();
    };
  }
}

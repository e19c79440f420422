package bench.podium.crd;

import bench.podium.api.v1alpha1.BenchmarkRunSpec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The reference page: every field of a CRD with its type, default, bounds and description. */
final class FieldReference {

  private final StringBuilder rows = new StringBuilder();
  private final StringBuilder rules = new StringBuilder();

  private FieldReference() {}

  static String of(ObjectNode crd) {
    JsonNode root = crd.at("/spec/versions/0/schema/openAPIV3Schema");
    return """
        # BenchmarkRun

        <!-- Generated from the API records: run make generate -->

        %s

        `apiVersion: podium.bench/v1alpha1`, `kind: BenchmarkRun`, short name `bmr`, namespaced.
        Fields of the spec are immutable once `status.startTime` is set, unless the table says otherwise.

        ## spec

        %s
        ## status

        %s"""
        .formatted(
            root.get("description").asText(),
            section("spec", root.at("/properties/spec"), root),
            section("status", root.at("/properties/status"), root));
  }

  private static String section(String name, JsonNode schema, JsonNode root) {
    FieldReference reference = new FieldReference();
    reference.addChildren(name, schema);
    reference.addRules(name, schema);
    String table =
        "| field | type | default | bounds | description |\n|---|---|---|---|---|\n"
            + reference.rows;
    if (name.equals("spec")) {
      reference.addRules("", root);
      return table
          + "\n### Rules\n\n| field | message of the API server |\n|---|---|\n"
          + reference.rules;
    }
    return table;
  }

  private void addChildren(String path, JsonNode schema) {
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              boolean required = contains(schema.path("required"), property.getKey());
              add(path + "." + property.getKey(), property.getValue(), required);
            });
  }

  private void add(String path, JsonNode field, boolean required) {
    rows.append(
        "| `%s` | %s | %s | %s | %s |%n"
            .formatted(
                path,
                type(field),
                required ? "*required*" : defaultOf(field),
                String.join("; ", bounds(path, field)),
                escape(field.path("description").asText())));
    addRules(path, field);
    JsonNode item = field.has("items") ? field.get("items") : field;
    String itemPath = field.has("items") ? path + "[]" : path;
    if (field.has("items")) {
      addRules(itemPath, item);
    }
    addChildren(itemPath, item);
  }

  private void addRules(String path, JsonNode schema) {
    for (JsonNode rule : schema.path("x-kubernetes-validations")) {
      String where = (path + rule.path("fieldPath").asText()).replaceFirst("^\\.", "");
      rules.append("| `%s` | %s |%n".formatted(where, escape(rule.get("message").asText())));
    }
  }

  private static String type(JsonNode field) {
    if (field.has("items")) {
      return "list of " + type(field.get("items"));
    }
    if (field.has("additionalProperties")) {
      return "map of " + type(field.get("additionalProperties"));
    }
    if (field.has("x-kubernetes-int-or-string")) {
      return "quantity";
    }
    return field.has("enum") ? "enum" : field.get("type").asText();
  }

  private static String defaultOf(JsonNode field) {
    JsonNode value = field.path("default");
    return value.isMissingNode() || value.isObject() ? "" : "`" + value.asText() + "`";
  }

  private static List<String> bounds(String path, JsonNode field) {
    List<String> bounds = new ArrayList<>();
    if (field.has("enum")) {
      bounds.add(
          StreamSupport.stream(field.get("enum").spliterator(), false)
              .map(value -> "`" + value.asText() + "`")
              .collect(Collectors.joining(", ")));
    }
    addRange(bounds, field, "minimum", "maximum", "");
    addRange(bounds, field, "minLength", "maxLength", " characters");
    addRange(bounds, field, "minItems", "maxItems", " items");
    addRange(bounds, field, "minProperties", "maxProperties", " entries");
    if (field.has("pattern")) {
      bounds.add("`" + escape(field.get("pattern").asText()) + "`");
    }
    if (field.has("x-kubernetes-list-map-keys")) {
      bounds.add("unique by " + keys(field));
    }
    if (RootRules.mutableFields(BenchmarkRunSpec.class).contains(path.replace("spec.", ""))) {
      bounds.add("may change after the start");
    }
    return bounds;
  }

  private static String keys(JsonNode field) {
    return StreamSupport.stream(field.get("x-kubernetes-list-map-keys").spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }

  private static void addRange(
      List<String> bounds, JsonNode field, String low, String high, String unit) {
    if (field.has(high)) {
      String from = field.has(low) ? field.get(low).asText() + " to " : "at most ";
      bounds.add(from + field.get(high).asText() + unit);
    }
  }

  private static boolean contains(JsonNode names, String name) {
    return StreamSupport.stream(names.spliterator(), false)
        .anyMatch(value -> value.asText().equals(name));
  }

  private static String escape(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}

package bench.podium.crd;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.ListKeys;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Additions to the generated schema: list types, formats of numbers, and the declaration order of
 * fields and enum values.
 */
final class SchemaRefinement {

  private SchemaRefinement() {}

  /** Refines the schema of a record and of all records in it. */
  static void refine(ObjectNode schema, Class<?> type) {
    withoutDuplicateRules(schema);
    ObjectNode properties = (ObjectNode) schema.get("properties");
    ObjectNode declared = schema.objectNode();
    for (RecordComponent component : type.getRecordComponents()) {
      ObjectNode property = (ObjectNode) properties.get(component.getName());
      refineProperty(property, component);
      declared.set(component.getName(), property);
    }
    schema.set("properties", declared);
  }

  private static void refineProperty(ObjectNode property, RecordComponent component) {
    withoutDuplicateRules(property);
    for (String bound : List.of("minimum", "maximum")) {
      if (property.has(bound)) {
        property.put(bound, property.get(bound).asLong());
      }
    }
    Class<?> type = component.getType();
    if (type.isRecord()) {
      refine(property, type);
    } else if (type.isEnum()) {
      declareValues(property, type);
    } else if (type == List.class) {
      setListType(
          property, Optional.ofNullable(component.getAccessor().getAnnotation(ListKeys.class)));
      itemType(component.getGenericType())
          .filter(Class::isRecord)
          .ifPresent(item -> refine((ObjectNode) property.get("items"), item));
    } else if (property.at("/additionalProperties/x-kubernetes-int-or-string").asBoolean()) {
      ((ObjectNode) property.get("additionalProperties")).put("pattern", Bounds.QUANTITY);
    } else if (type == Integer.class || type == int.class) {
      property.put("format", "int32");
    } else if (type == Long.class || type == long.class) {
      property.put("format", "int64");
    }
  }

  private static void setListType(ObjectNode property, Optional<ListKeys> keys) {
    if (keys.isEmpty()) {
      property.put("x-kubernetes-list-type", "atomic");
    } else if (keys.get().value().length == 0) {
      property.put("x-kubernetes-list-type", "set");
    } else {
      property.put("x-kubernetes-list-type", "map");
      ArrayNode names = property.putArray("x-kubernetes-list-map-keys");
      Stream.of(keys.get().value()).forEach(names::add);
    }
  }

  private static Optional<Class<?>> itemType(Type list) {
    return ((ParameterizedType) list).getActualTypeArguments()[0] instanceof Class<?> item
        ? Optional.of(item)
        : Optional.empty();
  }

  private static void declareValues(ObjectNode property, Class<?> type) {
    ArrayNode values = property.putArray("enum");
    Stream.of(type.getFields())
        .filter(field -> field.isEnumConstant())
        .map(
            field ->
                field.isAnnotationPresent(JsonProperty.class)
                    ? field.getAnnotation(JsonProperty.class).value()
                    : field.getName())
        .forEach(values::add);
  }

  /** The generator finds a record component's rule on the field and on the accessor: twice. */
  private static void withoutDuplicateRules(ObjectNode schema) {
    if (schema.has("x-kubernetes-validations")) {
      Set<JsonNode> rules = new LinkedHashSet<>();
      schema.get("x-kubernetes-validations").forEach(rules::add);
      schema.putArray("x-kubernetes-validations").addAll(rules);
    }
  }
}

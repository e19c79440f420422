package bench.podium.crd;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.MutableAfterStart;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules on the whole object: the name of a run, and the immutability of a started run's spec. */
final class RootRules {

  private RootRules() {}

  static void addTo(ObjectNode root, Class<?> spec) {
    ArrayNode rules = root.putArray("x-kubernetes-validations");
    rules
        .addObject()
        .put("rule", "self.metadata.name.matches('" + Bounds.RUN_NAME + "')")
        .put(
            "message",
            "metadata.name must begin with a letter and have at most 40 characters a-z, 0-9 and -,"
                + " because the names of its Services begin with it");
    rules
        .addObject()
        .put("rule", immutability(spec))
        .put("fieldPath", ".spec")
        .put("reason", "FieldValueForbidden")
        .put(
            "message",
            "the run has started: only "
                + String.join(", ", mutableFields(spec))
                + " may change; create another run with the new spec");
  }

  /**
   * One term per field, since CEL cannot compare all fields except some. The shorter form with
   * optional access exceeds the API server's cost budget.
   */
  static String immutability(Class<?> spec) {
    String unchanged =
        Stream.of(spec.getRecordComponents())
            .filter(component -> !isMutable(component))
            .map(component -> unchanged("spec." + component.getName()))
            .collect(Collectors.joining(" &&\n"));
    return "!has(oldSelf.status) || !has(oldSelf.status.startTime) ||\n(" + unchanged + ")";
  }

  static List<String> mutableFields(Class<?> spec) {
    return Stream.of(spec.getRecordComponents())
        .filter(RootRules::isMutable)
        .map(RecordComponent::getName)
        .sorted()
        .toList();
  }

  private static boolean isMutable(RecordComponent component) {
    return component.getAccessor().isAnnotationPresent(MutableAfterStart.class);
  }

  private static String unchanged(String path) {
    return "has(self.%1$s) == has(oldSelf.%1$s) && (!has(self.%1$s) || self.%1$s == oldSelf.%1$s)"
        .formatted(path);
  }
}

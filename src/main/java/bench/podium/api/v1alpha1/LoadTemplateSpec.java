package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** Settings of the worker pods in addition to those that Podium makes. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = PodRules.NO_ACCOUNT,
    fieldPath = ".serviceAccountName",
    message = PodRules.NO_ACCOUNT_HINT)
public record LoadTemplateSpec(
    @Size(max = 16)
        @ValidationRule(value = PodRules.FREE_KEYS, message = PodRules.FREE_KEYS_HINT)
        @ValidationRule(
            value = PodRules.KEYS,
            messageExpression = PodRules.KEYS_COMPUTED,
            message = PodRules.KEYS_HINT)
        @ValidationRule(value = PodRules.LABEL_VALUES, message = PodRules.LABEL_VALUES_HINT)
        @JsonPropertyDescription(
            "Labels of the pods in addition to Podium's own, at most 16. Default: none.")
        Map<String, @Size(max = Bounds.LABEL_LENGTH) String> labels,
    @Size(max = 16)
        @ValidationRule(value = PodRules.FREE_KEYS, message = PodRules.FREE_KEYS_HINT)
        @ValidationRule(
            value = PodRules.KEYS,
            messageExpression = PodRules.KEYS_COMPUTED,
            message = PodRules.KEYS_HINT)
        @ValidationRule(value = PodRules.NO_FIELDS, message = PodRules.NO_FIELDS_HINT)
        @ValidationRule(value = TextRules.PLAIN_VALUES, message = TextRules.ANNOTATION_HINT)
        @JsonPropertyDescription(
            "Annotations of the pods, as in {sidecar.istio.io/inject: \"false\"}, at most 16. Default:"
                + " none.")
        Map<String, @Size(max = 1024) String> annotations,
    @Size(max = 16)
        @ValidationRule(
            value = PodRules.KEYS,
            messageExpression = PodRules.KEYS_COMPUTED,
            message = PodRules.KEYS_HINT)
        @ValidationRule(value = PodRules.LABEL_VALUES, message = PodRules.LABEL_VALUES_HINT)
        @JsonPropertyDescription(
            "Labels that a node must have to run the pods, at most 16. Default: any node.")
        Map<String, @Size(max = Bounds.LABEL_LENGTH) String> nodeSelector,
    @Size(max = 16)
        @JsonPropertyDescription("Taints that the pods tolerate, at most 16. Default: none.")
        List<TolerationSpec> tolerations,
    @Default("{}")
        @JsonPropertyDescription(
            "CPU and memory of each worker. A resource that is named here has exactly the"
                + " amounts given here; the others keep Podium's defaults: 25m of CPU requested,"
                + " memory by connections and threads.")
        ResourcesSpec resources,
    @Size(max = Bounds.OBJECT_NAME_LENGTH) @JsonPropertyDescription(PodRules.NO_ACCOUNT_DESCRIPTION)
        String serviceAccountName) {

  public LoadTemplateSpec {
    labels = Defaults.map(labels);
    annotations = Defaults.map(annotations);
    nodeSelector = Defaults.map(nodeSelector);
    tolerations = Defaults.list(tolerations);
    resources = Defaults.or(resources, new ResourcesSpec(null, null));
  }

  static LoadTemplateSpec empty() {
    return new LoadTemplateSpec(null, null, null, null, null, null);
  }
}

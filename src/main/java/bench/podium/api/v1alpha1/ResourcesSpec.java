package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Compute resources of a container, as in a pod. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = ResourceRules.LIMITED, message = ResourceRules.LIMITED_HINT)
public record ResourcesSpec(
    @Size(max = 8)
        @ValidationRule(
            value = ResourceRules.NAMES,
            messageExpression = ResourceRules.NAMES_COMPUTED,
            message = ResourceRules.NAMES_HINT)
        @JsonPropertyDescription(
            "Amounts that are reserved on the node, as in {cpu: 500m, memory: 128Mi}, at most"
                + " 8: cpu, memory, ephemeral-storage, hugepages-SIZE, and resources of device"
                + " plugins, as in nvidia.com/gpu. Default: the limits.")
        Map<String, Quantity> requests,
    @Size(max = 8)
        @ValidationRule(
            value = ResourceRules.NAMES,
            messageExpression = ResourceRules.NAMES_COMPUTED,
            message = ResourceRules.NAMES_HINT)
        @JsonPropertyDescription(
            "Maximum amounts that the container may use, as in {cpu: \"1\", memory: 256Mi}, at"
                + " most 8. Default: no limit.")
        Map<String, Quantity> limits) {

  public ResourcesSpec {
    requests = Defaults.map(requests);
    limits = Defaults.map(limits);
  }
}

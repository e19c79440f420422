package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A taint that a pod tolerates; the fields are those of a pod. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self.operator == 'Exists' || has(self.key)",
    message = "set key, or operator: Exists for taints of every key")
@ValidationRule(
    value = "self.operator != 'Exists' || !has(self.value)",
    message = "operator Exists takes no value: leave value out, or choose operator: Equal")
public record TolerationSpec(
    @Size(min = 1, max = Bounds.OBJECT_NAME_LENGTH)
        @ValidationRule(value = PodRules.TAINT_KEY, message = PodRules.TAINT_KEY_HINT)
        @JsonPropertyDescription("Key of the taint. Default: any key, with operator Exists.")
        String key,
    @Default("Equal")
        @JsonPropertyDescription(
            "Equal (the taint has this value) or Exists (the taint has any value). Default:"
                + " Equal.")
        TolerationOperator operator,
    @Size(max = Bounds.LABEL_LENGTH)
        @ValidationRule(value = PodRules.TAINT_VALUE, message = PodRules.TAINT_VALUE_HINT)
        @JsonPropertyDescription("Value of the taint. Default: empty.")
        String value,
    @JsonPropertyDescription("NoSchedule, PreferNoSchedule or NoExecute. Default: every effect.")
        TaintEffect effect) {

  public TolerationSpec {
    operator = Defaults.or(operator, TolerationOperator.EQUAL);
  }
}

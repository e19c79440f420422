package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A variable in a target's environment. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnvironmentVariable(
    @Required
        @Size(min = 1, max = 128)
        @Pattern("^[-._a-zA-Z][-._a-zA-Z0-9]*$")
        @ValidationRule(
            value = "self.matches('^[-._a-zA-Z][-._a-zA-Z0-9]*$')",
            message =
                "a variable's name has letters, digits, _, . and - and does not begin with a digit, as"
                    + " in MIDDLEWARE_DEPTH")
        @JsonPropertyDescription("Unique in the target.")
        String name,
    @Size(max = 4096) @JsonPropertyDescription("Always a string: quote numbers. Default: empty.")
        String value) {

  public EnvironmentVariable {
    value = Defaults.or(value, "");
  }
}

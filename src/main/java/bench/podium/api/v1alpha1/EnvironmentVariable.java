package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** An environment variable of a target's container. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnvironmentVariable(
    @Required
        @Size(min = 1, max = 128)
        @Pattern("^" + EnvironmentVariable.NAME + "$")
        @ValidationRule(
            value = "self.matches('^" + EnvironmentVariable.NAME + "$')",
            message =
                "a variable's name has letters, digits, _, . and - and does not begin with a digit, as"
                    + " in MIDDLEWARE_DEPTH")
        @ValidationRule(
            value = "self != '.' && !self.startsWith('..')",
            message =
                "a variable's name is not . and does not begin with ..: write it as in LOG_LEVEL")
        @JsonPropertyDescription("Name of the variable, unique in the target.")
        String name,
    @Size(max = 4096)
        @ValidationRule(value = TextRules.PLAIN_BELOW_BLANK, message = TextRules.VARIABLE_HINT)
        @ValidationRule(value = TextRules.PLAIN_ABOVE_TILDE, message = TextRules.VARIABLE_HINT)
        @ValidationRule(value = TextRules.PLAIN_AT_THE_END, message = TextRules.VARIABLE_HINT)
        @JsonPropertyDescription(
            "Value of the variable, always a string: quote numbers. Default: empty.")
        String value) {

  /** A name also must not be "." and must not begin with "..". */
  public static final String NAME = "[-._a-zA-Z][-._a-zA-Z0-9]*";

  public EnvironmentVariable {
    value = Defaults.or(value, "");
  }
}

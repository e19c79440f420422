package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The request by which a worker checks a target before it takes part in a step. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ReadinessSpec(
    @Default("/")
        @Size(min = 1, max = 1024)
        @Pattern("^/[!-~]*$")
        @ValidationRule(
            value = "self.matches('^/[!-~]*$')",
            message = "readiness.path must begin with '/' and have no blanks, as in /healthz")
        @ValidationRule(value = TemplateRules.ESCAPED, message = TemplateRules.ESCAPED_HINT)
        @JsonPropertyDescription(
            "Path of a GET request that each worker sends through the target's Service before"
                + " it takes part in a step, until it gets a reply with any status; begins with '/'."
                + " Default: /.")
        String path) {

  public ReadinessSpec {
    path = Defaults.or(path, "/");
  }
}

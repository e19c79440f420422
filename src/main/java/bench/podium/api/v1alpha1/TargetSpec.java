package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A service under test. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.deploy)",
    message = "set deploy: a target needs an image to run, as in deploy: {image: example/shop:1.0}")
public record TargetSpec(
    @Required
        @Size(min = 1, max = Bounds.TARGET_NAME_LENGTH)
        @Pattern(Bounds.LABEL)
        @ValidationRule(
            value = Bounds.IS_LABEL,
            message =
                "a target's name must begin with a letter, contain only a-z, 0-9 and -, and not end"
                    + " with -, as in gin")
        @JsonPropertyDescription(
            "Name of the target, unique in the run: a DNS label that begins with a letter, at"
                + " most 18 characters.")
        String name,
    @JsonPropertyDescription(
            "The pods of the target, which Podium runs as a Deployment with a Service.")
        DeploySpec deploy,
    @Default("8080")
        @Min(1)
        @Max(65535)
        @JsonPropertyDescription("TCP port that the target listens on, 1 to 65535. Default: 8080.")
        Integer port,
    @Default("{}")
        @JsonPropertyDescription("How a worker checks that the target replies. Default: GET /.")
        ReadinessSpec readiness) {

  public TargetSpec {
    port = Defaults.or(port, 8080);
    readiness = Defaults.or(readiness, new ReadinessSpec(null));
  }
}

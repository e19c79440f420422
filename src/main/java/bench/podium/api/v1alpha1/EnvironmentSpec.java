package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** What the author of a run declares about its environment. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EnvironmentSpec(
    @Size(max = 64)
        @ValidationRule(
            value = "self.all(k, k.size() >= 1 && k.size() <= 128)",
            message = "a key of environment.values has 1 to 128 characters")
        @ValidationRule(
            value = TextRules.PLAIN_KEYS_AND_VALUES,
            message = TextRules.ENVIRONMENT_HINT)
        @JsonPropertyDescription(
            "Facts by name, as in {kernel.tuning: v3}, at most 64. Their hash is sent with"
                + " every request in the header X-Env-ID and is in status.environment.hash. Default:"
                + " none.")
        Map<String, @Size(max = 1024) String> values) {

  public EnvironmentSpec {
    values = Defaults.map(values);
  }
}

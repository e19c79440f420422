package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** The requests that every target receives. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.requests)",
    message =
        "set requests: a workload needs at least one, as in requests: [{name: read, path: /}]")
public record WorkloadSpec(
    @Size(min = 1, max = 32)
        @ListKeys("name")
        @JsonPropertyDescription(
            "Kinds of requests, 1 to 32; each is sent in proportion to its weight.")
        List<RequestSpec> requests,
    @Default("1")
        @JsonPropertyDescription(
            "Seed of the placeholders and of the choice of requests: the same seed gives the"
                + " same requests. Default: 1.")
        Long seed,
    @Default("true")
        @JsonPropertyDescription(
            "Whether a connection is used for more than one request; false closes it after each"
                + " reply. Default: true.")
        Boolean keepAlive) {

  public WorkloadSpec {
    requests = Defaults.list(requests);
    seed = Defaults.or(seed, 1L);
    keepAlive = Defaults.or(keepAlive, true);
  }
}

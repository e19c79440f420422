package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** The environment of a run, as recorded in its status. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record EnvironmentStatus(
    @Size(max = 80)
        @JsonPropertyDescription(
            "sha256:HASH, where HASH is the SHA-256 of environment.values; its first 32 digits"
                + " are sent as X-Env-ID.")
        String hash) {}

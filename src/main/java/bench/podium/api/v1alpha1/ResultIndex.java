package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;

/** The ConfigMap that lists the parts of the full results. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ResultIndex(
    @Size(max = Bounds.OBJECT_NAME_LENGTH)
        @JsonPropertyDescription("Name of the ConfigMap, in the run's namespace.")
        String configMap,
    @Size(max = 64)
        @JsonPropertyDescription(
            "UID of the ConfigMap, to distinguish it from a later one of the same name.")
        String uid) {}

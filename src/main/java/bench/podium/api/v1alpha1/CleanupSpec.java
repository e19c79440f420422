package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** What is left in the cluster at the end of a run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CleanupSpec(
    @Default("OnSuccess")
        @JsonPropertyDescription(
            "Whether pods and Services that stand at the end are deleted: Always, OnSuccess"
                + " (only if"
                + " the verdict is Passed) or Never. Default: OnSuccess.")
        PodCleanup pods) {

  public CleanupSpec {
    pods = Defaults.or(pods, PodCleanup.ON_SUCCESS);
  }
}

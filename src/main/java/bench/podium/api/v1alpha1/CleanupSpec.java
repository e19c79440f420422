package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What is left in the cluster at the end of a run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CleanupSpec(
    @Default("OnSuccess")
        @JsonPropertyDescription(
            "Whether pods and Services that stand at the end are deleted: Always, OnSuccess"
                + " (only if"
                + " the verdict is Passed) or Never. Default: OnSuccess.")
        PodCleanup pods,
    @Size(min = 2, max = Bounds.DURATION_LENGTH)
        @Pattern(Bounds.DURATION)
        @ValidationRule(
            value = Bounds.IF_DURATION + "duration(self) >= duration('1s')",
            message =
                "ttlAfterFinished must be at least 1s, as in 1h; set pods: Always to keep nothing")
        @JsonPropertyDescription(
            "Duration, as in 1h, counted from the end of the run, after which pods and Services that were"
                + " kept are deleted, too; the run itself and its results stay. Default: they are kept until"
                + " the run is deleted.")
        String ttlAfterFinished) {

  public CleanupSpec {
    pods = Defaults.or(pods, PodCleanup.ON_SUCCESS);
  }
}

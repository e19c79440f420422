package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What is deleted at the end of a run, and when. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CleanupSpec(
    @Default("OnSuccess")
        @JsonPropertyDescription(
            "Whether pods and Services that still exist at the end of the run are deleted:"
                + " Always; OnSuccess, if the verdict is Passed, otherwise as soon as another run is"
                + " admitted; or Never. Default: OnSuccess.")
        PodCleanup pods,
    @Size(min = 2, max = Bounds.DURATION_LENGTH)
        @Pattern(Bounds.DURATION)
        @ValidationRule(
            value = Bounds.IF_DURATION + "duration(self) >= duration('1s')",
            message =
                "ttlAfterFinished must be at least 1s, as in 1h; set pods: Always to retain nothing")
        @JsonPropertyDescription(
            "Duration from the end of the run, as in 1h, after which retained pods and Services"
                + " are deleted, too; the run itself and its results stay. Default: they are retained"
                + " until the run is deleted.")
        String ttlAfterFinished) {

  public CleanupSpec {
    pods = Defaults.or(pods, PodCleanup.ON_SUCCESS);
  }
}

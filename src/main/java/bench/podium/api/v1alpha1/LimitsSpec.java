package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where a run stops trying. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LimitsSpec(
    @Default("2m")
        @Size(min = 2, max = Bounds.DURATION_LENGTH)
        @Pattern(Bounds.DURATION)
        @ValidationRule(
            value =
                Bounds.IF_DURATION
                    + "duration(self) >= duration('5s') && duration(self) <= duration('1h')",
            message = "startTimeout must be from 5s to 1h, as in 2m")
        @JsonPropertyDescription(
            "Duration, 5s to 1h, in which a target must be ready, the workers run, a step arm."
                + " Default: 2m.")
        String startTimeout,
    @Default("3")
        @Min(1)
        @Max(10)
        @JsonPropertyDescription(
            "Attempts of one step, 1 to 10, that a pod, the target or the start skew may void."
                + " Default: 3.")
        Integer attempts,
    @Default("50ms")
        @Size(min = 2, max = Bounds.DURATION_LENGTH)
        @Pattern(Bounds.DURATION)
        @ValidationRule(
            value =
                Bounds.IF_DURATION
                    + "duration(self) >= duration('1ms') && duration(self) <= duration('10s')",
            message = "maxStartSkew must be from 1ms to 10s, as in 50ms")
        @JsonPropertyDescription(
            "Duration, 1ms to 10s, between the first requests of a step's workers; more discards the"
                + " attempt. Default: 50ms.")
        String maxStartSkew,
    @Default("Continue")
        @JsonPropertyDescription(
            "What a target's own failure means: Continue with the next target, or Stop the run."
                + " Default: Continue.")
        OnTargetFailure onTargetFailure) {

  public LimitsSpec {
    startTimeout = Defaults.or(startTimeout, "2m");
    attempts = Defaults.or(attempts, 3);
    maxStartSkew = Defaults.or(maxStartSkew, "50ms");
    onTargetFailure = Defaults.or(onTargetFailure, OnTargetFailure.CONTINUE);
  }
}

package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Timeouts, number of attempts and permitted start skew of a run. */
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
            "Duration, 5s to 1h, within which a target must become ready, the workers must run,"
                + " and all workers must arm for a step. Default: 2m.")
        String startTimeout,
    @Default("3")
        @Min(1)
        @Max(10)
        @JsonPropertyDescription(
            "Attempts per step, 1 to 10: an attempt is discarded if a pod is lost, the target"
                + " restarts or the start skew is too large. Default: 3.")
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
            "Duration, 1ms to 10s: maximum time between the first requests of a step's workers."
                + " A larger skew discards the attempt. Default: 50ms.")
        String maxStartSkew,
    @Default("Continue")
        @JsonPropertyDescription(
            "What a problem that affects one target only leads to: Continue with the next"
                + " target, or Stop the run. Default: Continue.")
        OnTargetFailure onTargetFailure) {

  public LimitsSpec {
    startTimeout = Defaults.or(startTimeout, "2m");
    attempts = Defaults.or(attempts, 3);
    maxStartSkew = Defaults.or(maxStartSkew, "50ms");
    onTargetFailure = Defaults.or(onTargetFailure, OnTargetFailure.CONTINUE);
  }
}

package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** As whom the target's container runs, and what it may do. An absent field is null. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.runAsNonRoot) || !self.runAsNonRoot || !has(self.runAsUser) || self.runAsUser != 0",
    message =
        "runAsUser: 0 is root, which runAsNonRoot forbids: choose another user or leave runAsNonRoot"
            + " out")
public record SecurityContextSpec(
    @Min(0)
        @Max(Integer.MAX_VALUE)
        @ValidationRule(value = PodRules.FREE_ID, message = PodRules.FREE_ID_HINT)
        @JsonPropertyDescription(
            "User id, 0 to 2147483647, but for 64101 and 64102, which are Podium's own. Default: the"
                + " image's.")
        Long runAsUser,
    @Min(0)
        @Max(Integer.MAX_VALUE)
        @ValidationRule(value = PodRules.FREE_ID, message = PodRules.FREE_ID_HINT)
        @JsonPropertyDescription(
            "Group id, 0 to 2147483647, but for 64101 and 64102. Default: the image's.")
        Long runAsGroup,
    @JsonPropertyDescription("true refuses to start an image as root. Default: false.")
        Boolean runAsNonRoot,
    @Min(0)
        @Max(Integer.MAX_VALUE)
        @ValidationRule(value = PodRules.FREE_ID, message = PodRules.FREE_ID_HINT)
        @JsonPropertyDescription(
            "Group of the pod's volumes, 0 to 2147483647, but for 64101 and 64102. Default: none.")
        Long fsGroup,
    @JsonPropertyDescription("true: the container cannot write to its image. Default: false.")
        Boolean readOnlyRootFilesystem,
    @Size(max = 16)
        @ListKeys
        @ValidationRule(
            value = PodRules.CAPABILITIES,
            messageExpression = PodRules.CAPABILITIES_COMPUTED,
            message = PodRules.CAPABILITIES_HINT)
        @JsonPropertyDescription(
            "Capabilities that are taken from the container, as in [ALL] or [NET_RAW, SYS_CHROOT], at"
                + " most 16. Default: none.")
        List<@Size(min = 1, max = Bounds.WORD_LENGTH) String> dropCapabilities,
    @JsonPropertyDescription(
            "RuntimeDefault: the container runtime's own seccomp profile. Default: the node's.")
        SeccompProfile seccompProfile) {

  public SecurityContextSpec {
    dropCapabilities = Defaults.list(dropCapabilities);
  }
}

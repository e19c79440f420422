package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Security context of the target's container and pod. An absent field is null. */
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
            "User id, 0 to 2147483647 except 64101 and 64102, which are reserved for Podium's"
                + " own containers. Default: the image's user.")
        Long runAsUser,
    @Min(0)
        @Max(Integer.MAX_VALUE)
        @ValidationRule(value = PodRules.FREE_ID, message = PodRules.FREE_ID_HINT)
        @JsonPropertyDescription(
            "Group id, 0 to 2147483647 except 64101 and 64102. Default: the image's group.")
        Long runAsGroup,
    @JsonPropertyDescription(
            "true: the container is not started if it would run as root. Default: false.")
        Boolean runAsNonRoot,
    @Min(0)
        @Max(Integer.MAX_VALUE)
        @ValidationRule(value = PodRules.FREE_ID, message = PodRules.FREE_ID_HINT)
        @JsonPropertyDescription(
            "Group id of the pod's volumes, 0 to 2147483647 except 64101 and 64102. Default:"
                + " none.")
        Long fsGroup,
    @JsonPropertyDescription("true: the container's root filesystem is read-only. Default: false.")
        Boolean readOnlyRootFilesystem,
    @Size(max = 16)
        @ListKeys
        @ValidationRule(
            value = PodRules.CAPABILITIES,
            messageExpression = PodRules.CAPABILITIES_COMPUTED,
            message = PodRules.CAPABILITIES_HINT)
        @JsonPropertyDescription(
            "Linux capabilities that are dropped, as in [ALL] or [NET_RAW, SYS_CHROOT], at most"
                + " 16. Default: none.")
        List<@Size(min = 1, max = Bounds.WORD_LENGTH) String> dropCapabilities,
    @JsonPropertyDescription(
            "Seccomp profile: RuntimeDefault is the container runtime's own. Default: the"
                + " node's.")
        SeccompProfile seccompProfile) {

  public SecurityContextSpec {
    dropCapabilities = Defaults.list(dropCapabilities);
  }
}

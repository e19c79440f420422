package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** The Deployment of a target. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DeploySpec(
    @Required
        @Size(min = 1, max = Bounds.IMAGE_LENGTH)
        @Pattern("^[!-~]+$")
        @ValidationRule(
            value = "self.matches('^[!-~]+$')",
            message = "an image must be ASCII without blanks, as in example/shop:1.0")
        @ValidationRule(
            value = "self.matches('^" + KubernetesNames.IMAGE + "$')",
            message =
                "an image is [HOST[:PORT]/]PATH[:TAG][@DIGEST], its path in lower case, as in"
                    + " registry.example.com/shop:1.0")
        @JsonPropertyDescription("Container image, as in example/shop:1.0. Pin it to a version.")
        String image,
    @Size(max = 50)
        @ValidationRule(value = TextRules.PLAIN_ITEMS, message = TextRules.ARGUMENT_HINT)
        @JsonPropertyDescription(
            "Arguments that replace the image's CMD, at most 50. Default: the image's CMD.")
        List<@Size(max = 1024) String> args,
    @Size(max = 50)
        @ListKeys("name")
        @JsonPropertyDescription(
            "Environment variables of the container, at most 50. Default: none.")
        List<EnvironmentVariable> env,
    @Default("{}")
        @JsonPropertyDescription(
            "CPU and memory of each replica. Default: no requests and no limits.")
        ResourcesSpec resources,
    @Default("1")
        @Min(1)
        @Max(20)
        @JsonPropertyDescription("Number of pods behind the Service, 1 to 20. Default: 1.")
        Integer replicas,
    @Size(max = 8)
        @ListKeys
        @ValidationRule(
            value = PodRules.SECRET_NAMES,
            messageExpression = PodRules.SECRET_NAMES_COMPUTED,
            message = PodRules.SECRET_NAMES_HINT)
        @JsonPropertyDescription(
            "Names of Secrets in the run's namespace with credentials for the image's registry,"
                + " at most 8. Default: none.")
        List<@Size(min = 1, max = Bounds.OBJECT_NAME_LENGTH) String> imagePullSecrets,
    @Default("{}")
        @JsonPropertyDescription(
            "Placement, labels, annotations and security context of the target's pods; their"
                + " CPU and memory are set in resources. Default: the default of each field.")
        TargetTemplateSpec podTemplate) {

  public DeploySpec {
    args = Defaults.list(args);
    env = Defaults.list(env);
    resources = Defaults.or(resources, new ResourcesSpec(null, null));
    replicas = Defaults.or(replicas, 1);
    imagePullSecrets = Defaults.list(imagePullSecrets);
    podTemplate = Defaults.or(podTemplate, TargetTemplateSpec.empty());
  }
}

package bench.podium.planning;

import static bench.podium.planning.RejectedSpecException.check;
import static bench.podium.planning.RejectedSpecException.inRange;
import static bench.podium.planning.RejectedSpecException.required;
import static bench.podium.planning.RejectedSpecException.size;
import static bench.podium.planning.RejectedSpecException.unique;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.DeploySpec;
import bench.podium.api.v1alpha1.EnvironmentVariable;
import bench.podium.api.v1alpha1.KubernetesNames;
import bench.podium.api.v1alpha1.TargetSpec;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.domain.plan.TargetPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Plans {@code spec.targets}. */
final class TargetPlanner {

  /** Maximum length of a DNS label. */
  private static final int LABEL_LENGTH = 63;

  private static final Pattern LABEL = Pattern.compile(Bounds.LABEL);
  private static final Pattern READINESS = Pattern.compile("^/[!-~]*$");
  private static final Pattern IMAGE = Pattern.compile(KubernetesNames.IMAGE);

  private final RunIdentity run;

  TargetPlanner(RunIdentity run) {
    this.run = run;
  }

  List<TargetPlan> plan(List<TargetSpec> targets) {
    size("spec.targets", targets, 1, 50);
    List<TargetPlan> plans = new ArrayList<>();
    for (TargetSpec target : targets) {
      plans.add(plan("spec.targets[" + plans.size() + "]", target));
    }
    unique("spec.targets", "name", plans.stream().map(TargetPlan::name).toList());
    return plans;
  }

  private TargetPlan plan(String field, TargetSpec target) {
    String name = label(field + ".name", target.name(), Bounds.TARGET_NAME_LENGTH);
    String service = run.name() + "-" + name;
    check(
        service.length() <= LABEL_LENGTH,
        field + ".name",
        "makes the Service name " + service + ", which has more than 63 characters; shorten it");
    checkDeploy(field + ".deploy", required(field + ".deploy", target.deploy()));
    String path = target.readiness().path();
    check(
        READINESS.matcher(path).matches(),
        field + ".readiness.path",
        "\"" + path + "\" must begin with '/' and have no blanks, as in /healthz");
    TextChecks.escaped(field + ".readiness.path", path);
    return new TargetPlan(
        name,
        service + "." + run.namespace() + ".svc",
        inRange(field + ".port", target.port(), 1, 65_535),
        path);
  }

  private static void checkDeploy(String field, DeploySpec deploy) {
    String image = required(field + ".image", deploy.image());
    check(
        image.length() <= Bounds.IMAGE_LENGTH && IMAGE.matcher(image).matches(),
        field + ".image",
        "\""
            + image
            + "\" is not an image; write one as in example/shop:1.0, its path in lower case");
    inRange(field + ".replicas", deploy.replicas(), 1, 20);
    unique(field + ".env", "name", deploy.env().stream().map(EnvironmentVariable::name).toList());
    PodChecks.deploy(field, deploy);
  }

  /** Checks a name that is part of the names of objects. */
  static String label(String field, String name, int length) {
    required(field, name);
    check(
        LABEL.matcher(name).matches() && name.length() <= length,
        field,
        "\""
            + name
            + "\" must begin with a letter and have at most "
            + length
            + " characters a-z, 0-9 and -");
    return name;
  }
}

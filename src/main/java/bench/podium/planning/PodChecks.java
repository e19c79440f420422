package bench.podium.planning;

import static bench.podium.planning.RejectedSpecException.check;
import static bench.podium.planning.RejectedSpecException.required;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.DeploySpec;
import bench.podium.api.v1alpha1.EnvironmentVariable;
import bench.podium.api.v1alpha1.KubernetesNames;
import bench.podium.api.v1alpha1.LoadTemplateSpec;
import bench.podium.api.v1alpha1.SecurityContextSpec;
import bench.podium.api.v1alpha1.TargetTemplateSpec;
import bench.podium.api.v1alpha1.TolerationOperator;
import bench.podium.api.v1alpha1.TolerationSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Rejects pod settings that Kubernetes would reject or that are reserved for Podium. */
final class PodChecks {

  private static final Pattern KEY = Pattern.compile(KubernetesNames.KEY);
  private static final Pattern LABEL_VALUE = Pattern.compile(KubernetesNames.LABEL_VALUE);
  private static final Pattern CAPABILITY = Pattern.compile(KubernetesNames.CAPABILITY);
  private static final Pattern DNS_NAME = Pattern.compile(KubernetesNames.DNS_NAME);
  private static final Pattern ENV_NAME = Pattern.compile(EnvironmentVariable.NAME);

  private static final Set<String> RESERVED_KEYS =
      Set.of("app.kubernetes.io/managed-by", "env.version");

  /** Annotations that Kubernetes reads instead of fields of the pod. */
  private static final Pattern FIELD_ANNOTATION =
      Pattern.compile(
          "container[.]apparmor[.]security[.]beta[.]kubernetes[.]io/.*"
              + "|container[.]seccomp[.]security[.]alpha[.]kubernetes[.]io/.*"
              + "|seccomp[.]security[.]alpha[.]kubernetes[.]io/pod"
              + "|kubernetes[.]io/config[.]mirror"
              + "|controller[.]kubernetes[.]io/pod-deletion-cost"
              + "|scheduler[.]alpha[.]kubernetes[.]io/tolerations");

  private PodChecks() {}

  private static void target(String field, TargetTemplateSpec template) {
    common(
        field,
        template.labels(),
        template.annotations(),
        template.nodeSelector(),
        template.tolerations());
    checkNoAccount(field, template.serviceAccountName());
    SecurityContextSpec security = template.securityContext();
    checkId(field + ".securityContext.runAsUser", security.runAsUser());
    checkId(field + ".securityContext.runAsGroup", security.runAsGroup());
    checkId(field + ".securityContext.fsGroup", security.fsGroup());
    checkCapabilities(field + ".securityContext.dropCapabilities", security.dropCapabilities());
    boolean root = security.runAsUser() != null && security.runAsUser() == 0;
    check(
        !root || !Boolean.TRUE.equals(security.runAsNonRoot()),
        field + ".securityContext",
        "runAsUser: 0 is root, which runAsNonRoot forbids; choose another user or leave runAsNonRoot"
            + " out");
  }

  static void load(String field, LoadTemplateSpec template) {
    common(
        field,
        template.labels(),
        template.annotations(),
        template.nodeSelector(),
        template.tolerations());
    checkNoAccount(field, template.serviceAccountName());
    ResourceChecks.partial(field + ".resources", template.resources());
  }

  private static void common(
      String field,
      Map<String, String> labels,
      Map<String, String> annotations,
      Map<String, String> nodeSelector,
      List<TolerationSpec> tolerations) {
    labels.keySet().forEach(key -> checkReserved(field + ".labels", key));
    annotations.keySet().forEach(key -> checkReserved(field + ".annotations", key));
    annotations.forEach(
        (key, value) -> {
          checkKey(field + ".annotations", key);
          check(
              !FIELD_ANNOTATION.matcher(key).matches(),
              field + ".annotations",
              key
                  + " changes the pod itself; leave it out, and set tolerations or"
                  + " securityContext.seccompProfile");
          TextChecks.plain(field + ".annotations." + key, value);
        });
    checkLabels(field + ".labels", labels);
    checkLabels(field + ".nodeSelector", nodeSelector);
    int index = 0;
    for (TolerationSpec toleration : tolerations) {
      checkToleration(field + ".tolerations[" + index++ + "]", toleration);
    }
  }

  private static void checkReserved(String field, String key) {
    check(
        !key.startsWith("podium.bench/") && !RESERVED_KEYS.contains(key),
        field,
        key + " is set by Podium; leave it out");
  }

  private static void checkLabels(String field, Map<String, String> labels) {
    labels.forEach(
        (key, value) -> {
          checkKey(field, key);
          checkLabelValue(field + "." + key, value);
        });
  }

  private static void checkKey(String field, String key) {
    check(
        key.length() <= KubernetesNames.KEY_LENGTH
            && key.indexOf('/') <= Bounds.OBJECT_NAME_LENGTH
            && KEY.matcher(key).matches(),
        field,
        "\"" + key + "\" is not a key; write one as in example.com/disk");
  }

  private static void checkLabelValue(String field, String value) {
    check(
        value.length() <= Bounds.LABEL_LENGTH && LABEL_VALUE.matcher(value).matches(),
        field,
        "\"" + value + "\" is not a label's value; write at most 63 letters, digits, -, _ and .");
  }

  private static void checkToleration(String field, TolerationSpec toleration) {
    boolean exists = toleration.operator() == TolerationOperator.EXISTS;
    check(
        exists || toleration.key() != null,
        field + ".key",
        "is missing; set it, or operator: Exists for taints of every key");
    check(
        !exists || toleration.value() == null,
        field + ".value",
        "operator Exists takes no value; leave it out, or choose operator: Equal");
    if (toleration.key() != null) {
      checkKey(field + ".key", toleration.key());
    }
    if (toleration.value() != null) {
      checkLabelValue(field + ".value", toleration.value());
    }
  }

  private static void checkCapabilities(String field, List<String> names) {
    int index = 0;
    for (String name : names) {
      check(
          CAPABILITY.matcher(name).matches(),
          field + "[" + index++ + "]",
          "\""
              + name
              + "\" is not a capability; write ALL or one of Linux in upper case without CAP_, as in"
              + " NET_RAW");
    }
  }

  /** Checks the container of a target, the Secrets for its image, and its pod template. */
  static void deploy(String field, DeploySpec deploy) {
    TextChecks.plain(field + ".args", deploy.args());
    int index = 0;
    for (EnvironmentVariable variable : deploy.env()) {
      checkVariable(field + ".env[" + index++ + "]", variable);
    }
    index = 0;
    for (String secret : deploy.imagePullSecrets()) {
      check(
          secret.length() <= Bounds.OBJECT_NAME_LENGTH && DNS_NAME.matcher(secret).matches(),
          field + ".imagePullSecrets[" + index++ + "]",
          "\"" + secret + "\" is not a Secret's name; write a-z, 0-9, - and . only");
    }
    ResourceChecks.complete(field + ".resources", deploy.resources());
    target(field + ".podTemplate", deploy.podTemplate());
  }

  private static void checkVariable(String field, EnvironmentVariable variable) {
    String name = required(field + ".name", variable.name());
    check(
        ENV_NAME.matcher(name).matches() && !name.equals(".") && !name.startsWith(".."),
        field + ".name",
        "\""
            + name
            + "\" is not a variable's name; write letters, digits, _, . and -, as in LOG_LEVEL");
    TextChecks.plain(field + ".value", variable.value());
  }

  private static void checkNoAccount(String field, String account) {
    check(
        account == null,
        field + ".serviceAccountName",
        "a pod gets no account of its own; leave it out");
  }

  private static void checkId(String field, Long id) {
    check(
        id == null || (id != Bounds.LOAD_USER_ID && id != Bounds.COLLECTOR_USER_ID),
        field,
        id + " is the id of a program of Podium's own; choose another");
    check(
        id == null || (id >= 0 && id <= Integer.MAX_VALUE),
        field,
        "must be from 0 to " + Integer.MAX_VALUE + ", not " + id);
  }
}

package bench.podium.planning;

import static bench.podium.planning.RejectedSpecException.check;
import static bench.podium.planning.RejectedSpecException.invalid;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.LoadTemplateSpec;
import bench.podium.api.v1alpha1.ResourcesSpec;
import bench.podium.api.v1alpha1.SecurityContextSpec;
import bench.podium.api.v1alpha1.TargetTemplateSpec;
import bench.podium.api.v1alpha1.TolerationOperator;
import bench.podium.api.v1alpha1.TolerationSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a run's author says of pods: what Kubernetes would refuse, and what only Podium may say. */
final class PodChecks {

  /** An optional prefix that is a DNS name, and a name of at most 63 characters. */
  private static final Pattern KEY =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private static final Pattern LABEL_VALUE =
      Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9])?");

  private static final Set<String> OWN_KEYS = Set.of("app.kubernetes.io/managed-by", "env.version");

  private PodChecks() {}

  static void target(String field, TargetTemplateSpec template) {
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
    resources(field + ".resources", template.resources());
  }

  private static void common(
      String field,
      Map<String, String> labels,
      Map<String, String> annotations,
      Map<String, String> nodeSelector,
      List<TolerationSpec> tolerations) {
    labels.keySet().forEach(key -> checkOwn(field + ".labels", key));
    annotations.keySet().forEach(key -> checkOwn(field + ".annotations", key));
    annotations.keySet().forEach(key -> checkKey(field + ".annotations", key));
    checkLabels(field + ".labels", labels);
    checkLabels(field + ".nodeSelector", nodeSelector);
    int index = 0;
    for (TolerationSpec toleration : tolerations) {
      checkToleration(field + ".tolerations[" + index++ + "]", toleration);
    }
  }

  private static void checkOwn(String field, String key) {
    check(
        !key.startsWith("podium.bench/") && !OWN_KEYS.contains(key),
        field,
        key + " is set by Podium; leave it out");
  }

  private static void checkLabels(String field, Map<String, String> labels) {
    labels.forEach(
        (key, value) -> {
          checkKey(field, key);
          check(
              LABEL_VALUE.matcher(value).matches(),
              field + "." + key,
              "\""
                  + value
                  + "\" is not a label's value; write at most 63 letters, digits, -, _ and .");
        });
  }

  private static void checkKey(String field, String key) {
    check(
        KEY.matcher(key).matches(),
        field,
        "\"" + key + "\" is not a key; write one as in example.com/disk");
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
  }

  private static void checkNoAccount(String field, String account) {
    check(
        account == null,
        field + ".serviceAccountName",
        "a pod gets no account of its own; leave it out");
  }

  private static void checkId(String field, Long id) {
    check(
        id == null || (id != Bounds.LOAD_USER_ID && id != Bounds.OBSERVER_USER_ID),
        field,
        id + " is the id of a program of Podium's own; choose another");
    check(
        id == null || (id >= 0 && id <= Integer.MAX_VALUE),
        field,
        "must be from 0 to " + Integer.MAX_VALUE + ", not " + id);
  }

  static void resources(String field, ResourcesSpec resources) {
    Map<String, BigDecimal> limits = amounts(field + ".limits", resources.limits());
    amounts(field + ".requests", resources.requests())
        .forEach(
            (name, amount) ->
                check(
                    amount.compareTo(limits.getOrDefault(name, amount)) <= 0,
                    field + ".requests." + name,
                    resources.requests().get(name)
                        + " is more than the limit of "
                        + resources.limits().get(name)
                        + "; request at most that"));
  }

  private static Map<String, BigDecimal> amounts(String field, Map<String, Quantity> quantities) {
    Map<String, BigDecimal> amounts = new TreeMap<>();
    quantities.forEach((name, quantity) -> amounts.put(name, amount(field + "." + name, quantity)));
    return amounts;
  }

  private static BigDecimal amount(String field, Quantity quantity) {
    try {
      return quantity.getNumericalAmount();
    } catch (IllegalArgumentException e) {
      throw invalid(field, "\"" + quantity + "\" is not a quantity; write one as in 500m or 256Mi");
    }
  }
}

package bench.podium.api.v1alpha1;

/**
 * CEL rules for the names of compute resources. Amounts are checked by the planner, since CEL fails
 * on an amount that is written as a number with an exponent.
 */
final class ResourceRules {

  private static final String BASIC = "k in ['cpu', 'memory', 'ephemeral-storage']";

  private static final String IS_RESOURCE =
      BASIC
          + " || k.matches('^("
          + KubernetesNames.HUGE_PAGES
          + "|"
          + KubernetesNames.EXTENDED_RESOURCE
          + ")$') && !k.startsWith('requests.')";

  static final String NAMES = "self.all(k, " + IS_RESOURCE + ")";

  static final String NAMES_HINT =
      "a resource is cpu, memory, ephemeral-storage, hugepages-SIZE as in hugepages-2Mi, or one behind"
          + " a DNS name and /, as in nvidia.com/gpu";

  static final String NAMES_COMPUTED =
      PodRules.FIRST + NAMES_HINT + PodRules.OF + IS_RESOURCE + PodRules.END;

  /** A rule of Kubernetes: only the basic resources can be overcommitted. */
  static final String LIMITED =
      "!has(self.requests) || self.requests.all(k, "
          + BASIC
          + " || has(self.limits) && k in self.limits)";

  static final String LIMITED_HINT =
      "a requested resource other than cpu, memory and ephemeral-storage needs the same"
          + " amount in limits: add it there";

  private ResourceRules() {}
}

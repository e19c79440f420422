package bench.podium.api.v1alpha1;

/**
 * What CEL says of compute resources, by their names alone: it fails at an amount that is written
 * as a number with an exponent, so that amounts are the planner's.
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

  /** As Kubernetes asks: nothing but the basic ones can be promised more often than it is there. */
  static final String LIMITED =
      "!has(self.requests) || self.requests.all(k, "
          + BASIC
          + " || has(self.limits) && k in self.limits)";

  static final String LIMITED_HINT =
      "what is requested besides cpu, memory and ephemeral-storage needs the same amount in limits:"
          + " write it there, too";

  private ResourceRules() {}
}

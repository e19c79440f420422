package bench.podium.planning;

import static bench.podium.planning.RejectedSpecException.check;
import static bench.podium.planning.RejectedSpecException.invalid;

import bench.podium.api.v1alpha1.KubernetesNames;
import bench.podium.api.v1alpha1.ResourcesSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Rejects compute resources that Kubernetes would reject or could never allocate. */
final class ResourceChecks {

  private static final Pattern HUGE_PAGES = Pattern.compile(KubernetesNames.HUGE_PAGES);
  private static final Pattern EXTENDED = Pattern.compile(KubernetesNames.EXTENDED_RESOURCE);
  private static final String HUGE_PAGES_PREFIX = "hugepages-";

  private ResourceChecks() {}

  /** Checks the resources of a container to which Podium adds none. */
  static void complete(String field, ResourcesSpec resources) {
    partial(field, resources);
    Map<String, Quantity> limits = resources.limits();
    check(
        limits.keySet().stream().noneMatch(name -> name.startsWith(HUGE_PAGES_PREFIX))
            || limits.containsKey("cpu")
            || limits.containsKey("memory")
            || resources.requests().containsKey("cpu")
            || resources.requests().containsKey("memory"),
        field,
        "huge pages need cpu or memory beside them; set one of these, too");
  }

  /** Checks resources that Podium merges with its own. */
  static void partial(String field, ResourcesSpec resources) {
    Map<String, BigDecimal> limits = amounts(field + ".limits", resources.limits());
    amounts(field + ".requests", resources.requests())
        .forEach((name, amount) -> checkLimit(field, resources, name, amount, limits));
  }

  private static void checkLimit(
      String field,
      ResourcesSpec resources,
      String name,
      BigDecimal requested,
      Map<String, BigDecimal> limits) {
    Quantity text = resources.requests().get(name);
    if (KubernetesNames.BASIC_RESOURCES.contains(name)) {
      check(
          requested.compareTo(limits.getOrDefault(name, requested)) <= 0,
          field + ".requests." + name,
          text
              + " is more than the limit of "
              + resources.limits().get(name)
              + "; request at most that");
      return;
    }
    check(
        limits.containsKey(name) && requested.compareTo(limits.get(name)) == 0,
        field + ".requests." + name,
        "needs the same amount in limits; write " + name + ": " + text + " there, too");
  }

  private static Map<String, BigDecimal> amounts(String field, Map<String, Quantity> quantities) {
    Map<String, BigDecimal> amounts = new TreeMap<>();
    quantities.forEach((name, quantity) -> amounts.put(name, amount(field, name, quantity)));
    return amounts;
  }

  private static BigDecimal amount(String list, String name, Quantity quantity) {
    checkName(list, name);
    String field = list + "." + name;
    BigDecimal amount = number(field, quantity);
    check(
        !KubernetesNames.BYTES.contains(name) || !quantity.getFormat().equals("m"),
        field,
        "%s is %s thousandths of a byte; write %sMi"
            .formatted(quantity, quantity.getAmount(), quantity.getAmount()));
    check(
        KubernetesNames.BASIC_RESOURCES.contains(name) || isWhole(amount),
        field,
        "must be a whole number, not " + quantity);
    if (name.startsWith(HUGE_PAGES_PREFIX)) {
      String page = name.substring(HUGE_PAGES_PREFIX.length());
      BigDecimal size = number(field, Quantity.parse(page));
      check(
          amount.signum() > 0 && amount.remainder(size).signum() == 0,
          field,
          "%s is not a multiple of the page size of %s; write one, as in %s"
              .formatted(quantity, page, page));
    }
    return amount;
  }

  private static void checkName(String field, String name) {
    check(
        KubernetesNames.BASIC_RESOURCES.contains(name)
            || (name.length() <= KubernetesNames.KEY_LENGTH && isOther(name)),
        field,
        "\""
            + name
            + "\" is not a resource; write cpu, memory, ephemeral-storage, hugepages-SIZE as in"
            + " hugepages-2Mi, or one behind a DNS name and /, as in nvidia.com/gpu");
  }

  private static boolean isOther(String name) {
    return HUGE_PAGES.matcher(name).matches()
        || (EXTENDED.matcher(name).matches() && !name.startsWith("requests."));
  }

  private static boolean isWhole(BigDecimal amount) {
    return amount.compareTo(new BigDecimal(amount.toBigInteger().max(BigInteger.ZERO))) == 0;
  }

  private static BigDecimal number(String field, Quantity quantity) {
    try {
      return quantity.getNumericalAmount();
    } catch (IllegalArgumentException e) {
      throw invalid(field, "\"" + quantity + "\" is not a quantity; write one as in 500m or 256Mi");
    }
  }
}

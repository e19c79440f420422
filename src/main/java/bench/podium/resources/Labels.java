package bench.podium.resources;

import bench.podium.domain.plan.RunPlan;
import java.util.Map;
import java.util.TreeMap;

/** The labels of a run's objects, and the selectors for them. */
public final class Labels {

  public static final String RUN = "podium.bench/run";
  public static final String RUN_UID = "podium.bench/run-uid";
  public static final String ROLE = "podium.bench/role";
  public static final String TARGET = "podium.bench/target";
  public static final String GENERATION = "podium.bench/generation";
  public static final String ENVIRONMENT = "env.version";

  /** Value of {@link #ROLE} of workers. */
  public static final String ROLE_WORKER = "worker";

  /** The same as an earlier version wrote it: its workers must be found to be deleted. */
  static final String ROLE_WORKER_OF_EARLIER_VERSIONS = "load";

  /** Value of {@link #ROLE} of targets. */
  public static final String ROLE_TARGET = "target";

  /** Value of {@link #ROLE} of ConfigMaps. */
  public static final String ROLE_DATA = "data";

  private Labels() {}

  /** Whether a pod with this value of {@link #ROLE} is a worker. */
  public static boolean isWorker(String role) {
    return ROLE_WORKER.equals(role) || ROLE_WORKER_OF_EARLIER_VERSIONS.equals(role);
  }

  public static Map<String, String> of(RunPlan plan, String role) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("app.kubernetes.io/managed-by", "podium");
    labels.put(RUN, plan.run().name());
    labels.put(RUN_UID, plan.run().uid());
    labels.put(ROLE, role);
    labels.put(ENVIRONMENT, plan.environment().version());
    return labels;
  }

  public static Map<String, String> ofTarget(RunPlan plan, String target) {
    Map<String, String> labels = of(plan, ROLE_TARGET);
    labels.put(TARGET, target);
    return labels;
  }

  public static Map<String, String> ofWorkers(RunPlan plan, int generation) {
    Map<String, String> labels = of(plan, ROLE_WORKER);
    labels.put(GENERATION, Integer.toString(generation));
    return labels;
  }

  /** The selector of a target's Deployment and Service; must never change. */
  static Map<String, String> selector(RunPlan plan, String target) {
    return new TreeMap<>(Map.of(RUN_UID, plan.run().uid(), TARGET, target));
  }
}

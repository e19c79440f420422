package bench.podium.resources;

import bench.podium.domain.plan.RunPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;

/**
 * The ConfigMaps with results: immutable parts named by the hash of their content, and the index. A
 * part counts only once the index names it.
 */
public final class ResultResources {

  /** Key of a part's bytes. */
  public static final String PART_KEY = "data.json.gz";

  /** Key of the record of a target's terminated containers. */
  public static final String CRASH_KEY = "crash.json";

  /** Key of a log's bytes. */
  public static final String LOG_KEY = "log.gz";

  private final RunPlan plan;

  public ResultResources(RunPlan plan) {
    this.plan = plan;
  }

  /**
   * A part of a step's data.
   *
   * @param sha256 of the bytes, in hex
   * @param base64 the bytes
   */
  public ConfigMap part(String sha256, String base64) {
    return part(sha256, PART_KEY, base64);
  }

  /**
   * The tail of a container's log.
   *
   * @param sha256 of the bytes, in hex
   * @param base64 the bytes
   */
  public ConfigMap log(String sha256, String base64) {
    return part(sha256, LOG_KEY, base64);
  }

  private ConfigMap part(String sha256, String key, String base64) {
    return new ConfigMapBuilder()
        .withMetadata(
            Ownership.metadata(
                plan.run(),
                Names.part(plan.run().name(), sha256),
                Labels.of(plan, Labels.ROLE_DATA)))
        .withImmutable(true)
        .withBinaryData(Map.of(key, base64))
        .build();
  }

  /**
   * The record of a target's terminated containers.
   *
   * @param step index in the plan
   * @param json the containers that terminated in this attempt
   */
  public ConfigMap crashLog(int step, int attempt, String target, String json) {
    Map<String, String> labels = Labels.of(plan, Labels.ROLE_DATA);
    labels.put(Labels.TARGET, target);
    return new ConfigMapBuilder()
        .withMetadata(Ownership.metadata(plan.run(), plan.run().crashLog(step, attempt), labels))
        .withImmutable(true)
        .withData(Map.of(CRASH_KEY, json))
        .build();
  }

  public ConfigMap emptyIndex() {
    return new ConfigMapBuilder()
        .withMetadata(
            Ownership.metadata(
                plan.run(), Names.index(plan.run().name()), Labels.of(plan, Labels.ROLE_DATA)))
        .build();
  }

  /**
   * Key of a log's entry in the index, whose value is the name of its part.
   *
   * @param log pod and container
   */
  public static String logKey(String log) {
    return "log." + log;
  }

  /** Key of a step's entry in the index; entries sort in the order of the steps. */
  public static String entryKey(int step) {
    return "step-%04d".formatted(step);
  }
}

package bench.podium.domain.plan;

/** Identifies a run. The uid distinguishes it from an earlier run of the same name. */
public record RunIdentity(String namespace, String name, String uid) {

  /**
   * Name of the ConfigMap that holds the end of the log of the target's container that terminated
   * in this attempt.
   *
   * @param step index in the plan
   * @param attempt number within the step, from 1
   */
  public String crashLog(int step, int attempt) {
    return "%s-crash-%04d-%d".formatted(name, step, attempt);
  }
}

package bench.podium.domain.plan;

/** Which run: its name for people, its uid to tell it from an earlier one of the same name. */
public record RunIdentity(String namespace, String name, String uid) {

  /**
   * Name of the ConfigMap that holds the end of a target's log, of the container that ended in this
   * attempt.
   *
   * @param step index in the plan
   * @param attempt its number, from 1
   */
  public String crashLog(int step, int attempt) {
    return "%s-crash-%04d-%d".formatted(name, step, attempt);
  }
}

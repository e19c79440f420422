package bench.podium.engine;

/** Why an engine's process ended before its time. */
public sealed interface ExitMeaning {

  /** It could not connect to the target. */
  record Refused(String reason) implements ExitMeaning {}

  /** Its gate was in the past when it came to it; it has sent nothing. */
  record Late() implements ExitMeaning {}

  /** Anything else, in its own last words. */
  record Broken(String reason) implements ExitMeaning {}

  /** The status of an engine whose gate was in the past. */
  int STATUS_LATE = 3;

  /**
   * Of an engine that keeps Podium's rules for its end: {@value #STATUS_LATE} if it was late, last
   * words that begin with "unable to connect" if it was refused.
   *
   * @param engine its name
   * @param status other than 0
   */
  static ExitMeaning of(String engine, int status, String output) {
    if (status == STATUS_LATE) {
      return new Late();
    }
    String unarmedWorkers = output.lines().reduce("", (_, line) -> line).strip();
    String reason = engine + " ended with status " + status + ": " + unarmedWorkers;
    return unarmedWorkers.startsWith("unable to connect")
        ? new Refused(reason)
        : new Broken(reason);
  }
}

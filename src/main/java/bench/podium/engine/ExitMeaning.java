package bench.podium.engine;

/** Why an engine's process ended with a status other than 0. */
public sealed interface ExitMeaning {

  /** The engine could not connect to the target. */
  record Refused(String reason) implements ExitMeaning {}

  /** The start time had passed before the engine was ready; no request was sent. */
  record Late() implements ExitMeaning {}

  /** Any other failure; the reason ends with the last line of the engine's output. */
  record Broken(String reason) implements ExitMeaning {}

  /** Exit status of an engine that was ready only after its start time. */
  int STATUS_LATE = 3;

  /**
   * Classifies the end of an engine that follows Podium's conventions: it exits with {@value
   * #STATUS_LATE} if it was late, and its last line begins with "unable to connect" if the target
   * refused the connection.
   *
   * @param engine name of the engine, for the reason
   * @param status exit status, other than 0
   * @param output what the process printed
   */
  static ExitMeaning of(String engine, int status, String output) {
    if (status == STATUS_LATE) {
      return new Late();
    }
    String lastLine = output.lines().reduce("", (_, line) -> line).strip();
    String reason = engine + " ended with status " + status + ": " + lastLine;
    return lastLine.startsWith("unable to connect") ? new Refused(reason) : new Broken(reason);
  }
}

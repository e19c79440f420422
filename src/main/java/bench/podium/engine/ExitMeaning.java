package bench.podium.engine;

/** Why an engine's process ended before its time. */
public sealed interface ExitMeaning {

  /** It could not connect to the target. */
  record Refused(String reason) implements ExitMeaning {}

  /** Its gate was in the past when it came to it; it has sent nothing. */
  record Late() implements ExitMeaning {}

  /** Anything else, in its own last words. */
  record Broken(String reason) implements ExitMeaning {}
}

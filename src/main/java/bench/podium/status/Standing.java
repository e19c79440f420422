package bench.podium.status;

/** How the targets or the load pods stand. */
public sealed interface Standing {

  /** Nothing was asked for yet. */
  record NotYetKnown() implements Standing {}

  /** Asked for, on the way, or in trouble that may pass. */
  record Pending(Reason reason, String message) implements Standing {}

  /** All that the current step needs is there. */
  record Ready(String message) implements Standing {}

  /** Given up. */
  record Failed(Reason reason, String message) implements Standing {}
}

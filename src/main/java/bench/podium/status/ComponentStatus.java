package bench.podium.status;

/** How the targets or the workers stand. */
public sealed interface ComponentStatus {

  /** Nothing was asked for yet. */
  record NotYetKnown() implements ComponentStatus {}

  /** Asked for, on the way, or in problem that may pass. */
  record Pending(Reason reason, String message) implements ComponentStatus {}

  /** All that the current step needs is there. */
  record Ready(String message) implements ComponentStatus {}

  /** Given up. */
  record Failed(Reason reason, String message) implements ComponentStatus {}
}

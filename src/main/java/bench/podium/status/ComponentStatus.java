package bench.podium.status;

/** State of the target of the current step, or of the workers. */
public sealed interface ComponentStatus {

  /** Nothing has been created yet. */
  record NotYetKnown() implements ComponentStatus {}

  /** Requested and not yet ready, perhaps because of a problem that may pass. */
  record Pending(Reason reason, String message) implements ComponentStatus {}

  /** Everything that the current step needs is ready. */
  record Ready(String message) implements ComponentStatus {}

  /** The run no longer waits for it. */
  record Failed(Reason reason, String message) implements ComponentStatus {}
}

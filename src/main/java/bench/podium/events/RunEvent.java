package bench.podium.events;

import bench.podium.status.TextTruncation;

/**
 * One thing that happened to a run, to be told once.
 *
 * @param kind whether a person should be content with it
 * @param place in the run, for the order of those that happen in one second: after how many steps
 * @param about which of those with the same reason: a target, a step, an attempt; empty where a run
 *     has only one
 * @param message one line for a person, cut to what an Event holds
 */
public record RunEvent(EventReason reason, Kind kind, int place, String about, String message) {

  private static final int MESSAGE_BYTES = 1024;

  /** As Kubernetes tells events apart. */
  public enum Kind {
    NORMAL,
    WARNING
  }

  public RunEvent {
    message = TextTruncation.toBytes(MESSAGE_BYTES, message);
  }

  static RunEvent normal(EventReason reason, int place, String about, String message) {
    return new RunEvent(reason, Kind.NORMAL, place, about, message);
  }

  static RunEvent warning(EventReason reason, int place, String about, String message) {
    return new RunEvent(reason, Kind.WARNING, place, about, message);
  }
}

package bench.podium.events;

import bench.podium.status.TextTruncation;

/**
 * An event of a run, to be emitted once as a Kubernetes Event.
 *
 * @param position number of steps before it; orders events of the same second
 * @param about tells events with the same reason apart: a target, a step or an attempt; empty if a
 *     run has at most one
 * @param message one line, truncated to {@value #MESSAGE_BYTES} bytes, the maximum of an Event
 */
public record RunEvent(EventReason reason, Kind kind, int position, String about, String message) {

  private static final int MESSAGE_BYTES = 1024;

  /** The type of the Kubernetes Event. */
  public enum Kind {
    NORMAL,
    WARNING
  }

  public RunEvent {
    message = TextTruncation.toBytes(MESSAGE_BYTES, message);
  }

  static RunEvent normal(EventReason reason, int position, String about, String message) {
    return new RunEvent(reason, Kind.NORMAL, position, about, message);
  }

  static RunEvent warning(EventReason reason, int position, String about, String message) {
    return new RunEvent(reason, Kind.WARNING, position, about, message);
  }
}

package bench.podium.observation;

import java.time.Instant;

/**
 * What has been read from a pod's log. Lines may be read repeatedly, because the log is read from
 * the beginning after each reconnect.
 */
public interface LogState {

  /**
   * Reads one line.
   *
   * @param arrival time of arrival by the operator's clock
   * @return whether the line may affect a decision
   */
  boolean read(String text, Instant arrival);

  /** Called when the pod has ended: drops what is not needed any more. */
  void close();

  /** Whether the pod's last line has been read. */
  boolean stopped();
}

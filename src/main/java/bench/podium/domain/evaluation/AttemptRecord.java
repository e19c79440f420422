package bench.podium.domain.evaluation;

import java.util.Optional;

/**
 * The outcome of one attempt of a step, and how many requests it sent.
 *
 * @param attempt number within the step, from 1
 * @param sent requests of all workers, warm-up included; absent where a worker was lost before it
 *     reported its number
 * @param reason why it was not recorded; empty where it was recorded
 */
public record AttemptRecord(int attempt, Outcome outcome, Optional<Long> sent, String reason) {

  /** In code points; a longer reason is truncated. */
  public static final int MAX_REASON_LENGTH = 160;

  /** The outcome of an attempt. */
  public enum Outcome {
    /** Its figures are in the row. */
    RECORDED("Recorded"),
    /** Terminated before T0: no worker sent a request. */
    ABORTED("Aborted"),
    /** It sent requests, or may have, and its measurement is not used. */
    DISCARDED("Discarded");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }

    /** The spelling in the status and in the results. */
    public String label() {
      return label;
    }
  }

  public AttemptRecord {
    reason =
        BoundedText.of(
            reason, MAX_REASON_LENGTH, MAX_REASON_LENGTH - BoundedText.ELLIPSIS.length());
  }
}

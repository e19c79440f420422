package bench.podium.domain.evaluation;

import java.util.Optional;

/**
 * What became of one attempt at a step, and what it sent.
 *
 * @param attempt number within the step, from 1
 * @param sent requests of all workers, warm-up included; absent where a worker was lost before it
 *     said so
 * @param reason why it was not recorded; empty where it was
 */
public record AttemptRecord(int attempt, Outcome outcome, Optional<Long> sent, String reason) {

  /** A longer reason is cut. */
  public static final int MAX_REASON_LENGTH = 160;

  /** What an attempt can come to. */
  public enum Outcome {
    /** Its figures stand in the row. */
    RECORDED("Recorded"),
    /** Given up before it began: no worker sent anything. */
    ABORTED("Aborted"),
    /** It has or may have sent, and counts for nothing. */
    DISCARDED("Discarded");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }

    /** As the status and the results spell it. */
    public String label() {
      return label;
    }
  }

  public AttemptRecord {
    reason =
        BoundedText.of(reason, MAX_REASON_LENGTH, MAX_REASON_LENGTH - BoundedText.MORE.length());
  }
}

package bench.podium.domain.lifecycle;

import bench.podium.domain.measure.WorkerMeasurement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a load pod has said of the newest attempt that it spoke of.
 *
 * @param about absent while it has spoken of none
 * @param clockAhead the largest (pod's clock - operator's clock) over its lines, less what they
 *     took to arrive; negative where the pod's clock is behind
 * @param saidBye it will say nothing more
 * @param lastHeard when its last line came
 * @param lastSaid the same, but for lines that only say that it lives
 * @param clock the pod's own, at its newest line
 * @param ended the newest attempt whose load is over in it; absent while there is none
 */
public record WorkerTalk(
    Optional<StepAttempt> about,
    Says says,
    Duration clockAhead,
    boolean saidBye,
    Optional<Instant> lastHeard,
    Optional<Instant> lastSaid,
    Optional<Instant> clock,
    Optional<Ended> ended) {

  /**
   * No process of this attempt runs in the pod, and none will.
   *
   * @param sent requests, warm-up included
   */
  public record Ended(StepAttempt attempt, long sent) {}

  /** Of a pod that has not been heard yet. */
  public static WorkerTalk silent() {
    return new WorkerTalk(
        Optional.empty(),
        new Says.Nothing(),
        Duration.ZERO,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** What it sent in this attempt, if that is over in it. */
  public Optional<Long> sentIn(StepAttempt attempt) {
    return ended.filter(end -> end.attempt().equals(attempt)).map(Ended::sent);
  }

  /** What it said of this attempt: {@link Says.Nothing} if it last spoke of another. */
  public Says of(StepAttempt attempt) {
    return about.filter(attempt::equals).isPresent() ? says : new Says.Nothing();
  }

  /** A pod's word on one attempt. */
  public sealed interface Says {
    /** Not a word. */
    record Nothing() implements Says {}

    /** It knows nothing of this attempt: the command never reached it. */
    record Unknown() implements Says {}

    /** Not armed yet. */
    record Waiting(boolean targetIsWhy, String reason) implements Says {}

    /** Parked until T0. */
    record Armed() implements Says {}

    /** Learned of T0 after T0. */
    record Late() implements Says {}

    /** Cannot give a result. */
    record Failed(boolean targetIsWhy, String reason) implements Says {}

    /** Ran to its end or was cut short; the result is not here, or not all of it. */
    record Ran() implements Says {}

    /** The whole result. */
    record Measured(WorkerMeasurement measurement) implements Says {}
  }
}

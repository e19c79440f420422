package bench.podium.protocol;

import bench.podium.domain.plan.AttemptId;
import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.LoadShare;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;

/**
 * What the operator asks of a worker or a collector, written as JSON into the pod's annotation
 * {@value #ANNOTATION}. A pod obeys the newest and forgets the one before.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Command.Arm.class, name = "arm"),
  @JsonSubTypes.Type(value = Command.Abort.class, name = "abort"),
  @JsonSubTypes.Type(value = Command.Discard.class, name = "discard"),
  @JsonSubTypes.Type(value = Command.Repeat.class, name = "repeat"),
  @JsonSubTypes.Type(value = Command.RepeatSamples.class, name = "repeatSamples"),
  @JsonSubTypes.Type(value = Command.Finish.class, name = "finish")
})
public sealed interface Command {

  String ANNOTATION = "podium.bench/command";

  /** A patch that only changes this makes the kubelet look again where it missed the command. */
  String RESEND_ANNOTATION = "podium.bench/resend";

  /**
   * Start the engine, park it until T0, say {@code armed}. Of two, the higher (step, attempt)
   * holds; a pod runs each at most once.
   *
   * @param load of this worker
   * @param probeRate requests a second of the open stream that worker 0 sends beside the engine
   * @param t0EpochMicros when the warm-up, or without one the measured part, begins
   * @param firstSequence the first number of {@code seq} placeholders: above all that earlier
   *     attempts of the run may have used
   */
  record Arm(
      int step,
      int attempt,
      String url,
      String readinessPath,
      EngineKind engine,
      LoadShare load,
      int threads,
      long timeoutMillis,
      long warmupMillis,
      long durationMillis,
      Optional<Integer> probeRate,
      long t0EpochMicros,
      long firstSequence)
      implements Command {

    /** The attempt that it starts. */
    public AttemptId attemptId() {
      return new AttemptId(step, attempt);
    }
  }

  /**
   * The attempt will not take place: kill its engine before it sends, say {@link
   * Fact.AttemptEnded}. An attempt that the pod does not know yet never starts in it.
   */
  record Abort(int step, int attempt) implements Command {}

  /** The attempt has started and counts for nothing: end its load, say the same. */
  record Discard(int step, int attempt) implements Command {}

  /**
   * Print the state or, where there is one, the result of this (step, attempt) again; {@link
   * Fact.Ran} is not among it.
   *
   * @param ask a number that tells this asking from the one before
   */
  record Repeat(int step, int attempt, int ask) implements Command {}

  /**
   * To a collector: print all looks between two times again that it still keeps, then {@link
   * Fact.Repeated}.
   *
   * @param ask a number that tells this asking from the one before
   */
  record RepeatSamples(int step, int attempt, long fromEpochMicros, long untilEpochMicros, int ask)
      implements Command {}

  /** Nothing more will come: say {@code bye} and end. */
  record Finish() implements Command {}
}

package bench.podium.protocol;

import bench.podium.domain.plan.AttemptId;
import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.LoadShare;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;

/**
 * A command from the operator to a worker or a collector, written as JSON into the pod's annotation
 * {@value #ANNOTATION}. Only the newest command counts.
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

  /** Changed at each send, so that a kubelet that missed the command reads the pod again. */
  String RESEND_ANNOTATION = "podium.bench/resend";

  /**
   * Start the engine, have it wait for T0, and answer {@link AgentMessage.Armed}. Of two commands,
   * the one with the higher (step, attempt) counts; a worker runs each at most once.
   *
   * @param load of this worker
   * @param probeRate rate of the open-loop probe that worker 0 sends beside the load, in requests
   *     per second
   * @param t0EpochMicros start of the warm-up or, without one, of the measured part
   * @param firstSequence first number for {@code seq} placeholders, above all that earlier attempts
   *     of the run may have used
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

    /** The attempt that this command starts. */
    public AttemptId attemptId() {
      return new AttemptId(step, attempt);
    }
  }

  /**
   * Abort the attempt before T0: kill its engine before it sends, and answer {@link
   * AgentMessage.AttemptEnded}. An attempt that the worker does not know yet will not start.
   */
  record Abort(int step, int attempt) implements Command {}

  /** Discard the attempt after T0: end its load and answer {@link AgentMessage.AttemptEnded}. */
  record Discard(int step, int attempt) implements Command {}

  /**
   * Send the state of this (step, attempt) or, if there is one, its result again; {@link
   * AgentMessage.Ran} is not repeated.
   *
   * @param ask distinguishes this request from the previous one
   */
  record Repeat(int step, int attempt, int ask) implements Command {}

  /**
   * To a collector: send all samples between two times again that it still has, then {@link
   * AgentMessage.Repeated}.
   *
   * @param ask distinguishes this request from the previous one
   */
  record RepeatSamples(int step, int attempt, long fromEpochMicros, long untilEpochMicros, int ask)
      implements Command {}

  /** No further commands follow: answer {@link AgentMessage.Stopped} and end. */
  record Finish() implements Command {}
}

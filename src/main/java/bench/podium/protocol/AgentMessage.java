package bench.podium.protocol;

import bench.podium.domain.measurement.ClockReading;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** A message from a worker or a collector, one per log line. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AgentMessage.Started.class, name = "started"),
  @JsonSubTypes.Type(value = AgentMessage.Alive.class, name = "alive"),
  @JsonSubTypes.Type(value = AgentMessage.Waiting.class, name = "waiting"),
  @JsonSubTypes.Type(value = AgentMessage.Armed.class, name = "armed"),
  @JsonSubTypes.Type(value = AgentMessage.Late.class, name = "late"),
  @JsonSubTypes.Type(value = AgentMessage.Ran.class, name = "ran"),
  @JsonSubTypes.Type(value = AgentMessage.AttemptEnded.class, name = "attempt-ended"),
  @JsonSubTypes.Type(value = AgentMessage.ResultPart.class, name = "result"),
  @JsonSubTypes.Type(value = AgentMessage.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = AgentMessage.Unknown.class, name = "unknown"),
  @JsonSubTypes.Type(value = AgentMessage.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = AgentMessage.Sample.class, name = AgentMessage.Sample.NAME),
  @JsonSubTypes.Type(value = AgentMessage.Repeated.class, name = "repeated"),
  @JsonSubTypes.Type(value = AgentMessage.SharedUser.class, name = "shared-user"),
  @JsonSubTypes.Type(value = AgentMessage.Stopped.class, name = "stopped")
})
public sealed interface AgentMessage {

  /** The program has started and reads commands. */
  record Started(ClockReading clock) implements AgentMessage {}

  /** Sent every 2 s in any state, so that a silent stream is recognised as broken. */
  record Alive() implements AgentMessage {}

  /**
   * The worker is not armed yet, with the reason, for example the target's answer on its readiness
   * path.
   *
   * @param cause the likely cause as seen by the worker
   */
  record Waiting(int step, int attempt, Cause cause, String reason) implements AgentMessage {}

  /** The engine is loaded and waits for T0, and the target has answered. */
  record Armed(int step, int attempt) implements AgentMessage {}

  /** The worker could not be armed before T0 and sends nothing in this attempt. */
  record Late(int step, int attempt) implements AgentMessage {}

  /**
   * The attempt has finished in this worker, at its end or earlier. Sent exactly once for each
   * (step, attempt) for which the engine was started, and not repeated on {@link Command.Repeat}.
   *
   * @param firstRequestEpochMicros time of the first request of the measured part; absent if none
   *     was sent
   * @param requests replies, warm-up included; if the attempt was cut short, {@code sent} minus the
   *     number of connections, which is the minimum if no request has failed
   * @param sent requests, warm-up included
   */
  record Ran(
      int step,
      int attempt,
      long t0EpochMicros,
      Optional<Long> firstRequestEpochMicros,
      long requests,
      long sent,
      boolean cutShort)
      implements AgentMessage {}

  /**
   * The answer to each {@link Command.Abort} and {@link Command.Discard}: no process of this
   * attempt is running in this pod, and none will.
   *
   * @param sent requests, warm-up included; 0 if no engine was started
   */
  record AttemptEnded(int step, int attempt, long sent) implements AgentMessage {}

  /**
   * A part of an {@link AttemptResult}, in base64 of its compressed JSON.
   *
   * @param part index from 0
   * @param parts total number of parts
   */
  record ResultPart(int step, int attempt, int part, int parts, String payload)
      implements AgentMessage {}

  /** The attempt failed in this worker; the reason is the engine's last output. */
  record Failed(int step, int attempt, Cause cause, String reason) implements AgentMessage {}

  /**
   * The answer to {@link Command.Repeat} if the worker does not know this attempt, because the arm
   * command never reached it.
   */
  record Unknown(int step, int attempt) implements AgentMessage {}

  /** A command could not be read, with the reason. The program ignores it. */
  record Refused(String reason) implements AgentMessage {}

  /**
   * A sample of the pod's processes, sent when it is taken and again on {@link
   * Command.RepeatSamples}.
   *
   * @param index counts the collector's samples from 0
   * @param cpuMicros CPU time since the pod started
   * @param memoryBytes resident memory
   * @param mainStarts start of the main process of each of the target's containers, in ticks since
   *     the node's boot; empty if the message has none
   */
  record Sample(
      long index,
      long takenEpochMicros,
      long cpuMicros,
      long memoryBytes,
      int threads,
      List<Long> mainStarts)
      implements AgentMessage {

    /** JSON name of this message type. */
    static final String NAME = "sample";

    /** JSON name of the field that may be absent. */
    static final String MAIN_STARTS = "mainStarts";

    public Sample {
      mainStarts = List.copyOf(mainStarts);
    }
  }

  /** All requested samples that the collector still has were sent again. */
  record Repeated(int step, int attempt, int ask) implements AgentMessage {}

  /**
   * A process of the target runs as the collector's user and could write messages in its name. Sent
   * with each sample for which this is the case.
   *
   * @param program name of the process, from the kernel
   */
  record SharedUser(String program) implements AgentMessage {}

  /** The program's last message. */
  record Stopped() implements AgentMessage {}

  /** The side that caused a delay or failure. */
  enum Cause {
    TARGET,
    WORKER
  }
}

package bench.podium.protocol;

import bench.podium.domain.measurement.ClockReading;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** One thing that a worker or a collector says, on one line of its log. */
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

  /** The pod's program is up and reads commands. */
  record Started(ClockReading clock) implements AgentMessage {}

  /** Printed every 2 s whatever else happens, so that a silent stream shows as a broken one. */
  record Alive() implements AgentMessage {}

  /**
   * Not armed yet, and why: for instance what the target's readiness path answered.
   *
   * @param cause whose fault it looks like from here
   */
  record Waiting(int step, int attempt, Cause cause, String reason) implements AgentMessage {}

  /** The engine is loaded and parked inside itself until T0, and the target has answered. */
  record Armed(int step, int attempt) implements AgentMessage {}

  /** T0 had passed before this pod could be armed: it sends nothing in this attempt. */
  record Late(int step, int attempt) implements AgentMessage {}

  /**
   * The attempt is over in this pod, at its end or cut short: printed exactly once for each (step,
   * attempt) for which the engine was started, and not repeated on {@link Command.Repeat}.
   *
   * @param firstRequestEpochMicros of the measured part; absent where none was sent
   * @param requests replies, warm-up included; where the attempt was cut short, {@code sent} less
   *     the connections, which is the fewest that it can be if none has failed
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
   * The answer to {@link Command.Abort} and {@link Command.Discard}, each time that one comes: no
   * process of this attempt runs in this pod, and none will.
   *
   * @param sent requests, warm-up included; 0 where no engine was started
   */
  record AttemptEnded(int step, int attempt, long sent) implements AgentMessage {}

  /**
   * A piece of a {@link AttemptResult}, in base64 of its compressed JSON.
   *
   * @param part from 0
   * @param parts how many make the whole
   */
  record ResultPart(int step, int attempt, int part, int parts, String payload)
      implements AgentMessage {}

  /** This attempt cannot give a result in this pod; the reason is the engine's own last words. */
  record Failed(int step, int attempt, Cause cause, String reason) implements AgentMessage {}

  /**
   * The answer to {@link Command.Repeat} of a pod that has no memory of this attempt: the command
   * to arm never reached it.
   */
  record Unknown(int step, int attempt) implements AgentMessage {}

  /** A command that this pod cannot read, and why: it goes on as if there were none. */
  record Refused(String reason) implements AgentMessage {}

  /**
   * A collector's look at the processes of its pod: printed as it is taken, and on {@link
   * Command.RepeatSamples} again.
   *
   * @param index counts the collector's looks from 0
   * @param cpuMicros time on a core since the pod began
   * @param memoryBytes resident
   * @param mainStarts when the main process of each of the target's containers started, in ticks
   *     since the node's boot; a collector of an earlier version writes none
   */
  record Sample(
      long index,
      long takenEpochMicros,
      long cpuMicros,
      long memoryBytes,
      int threads,
      List<Long> mainStarts)
      implements AgentMessage {

    /** Its name on the wire, and that of the field that earlier versions do not write. */
    static final String NAME = "sample";

    static final String MAIN_STARTS = "mainStarts";

    public Sample {
      mainStarts = List.copyOf(mainStarts);
    }
  }

  /** All that a collector still keeps of what it was asked for has been printed again. */
  record Repeated(int step, int attempt, int ask) implements AgentMessage {}

  /**
   * A process of the target runs as the collector's own user, and could speak in its name: said
   * with each look at which it is so.
   *
   * @param program its name, as the kernel has it
   */
  record SharedUser(String program) implements AgentMessage {}

  /** The last line. */
  record Stopped() implements AgentMessage {}

  /** Who stands in the way. */
  enum Cause {
    TARGET,
    WORKER
  }
}

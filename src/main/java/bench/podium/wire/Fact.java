package bench.podium.wire;

import bench.podium.domain.measure.ClockReading;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** One thing that a load pod or an observer says, on one line of its log. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Fact.Started.class, name = "started"),
  @JsonSubTypes.Type(value = Fact.Alive.class, name = "alive"),
  @JsonSubTypes.Type(value = Fact.Waiting.class, name = "waiting"),
  @JsonSubTypes.Type(value = Fact.Armed.class, name = "armed"),
  @JsonSubTypes.Type(value = Fact.Late.class, name = "late"),
  @JsonSubTypes.Type(value = Fact.Ran.class, name = "ran"),
  @JsonSubTypes.Type(value = Fact.AttemptEnded.class, name = "attempt-ended"),
  @JsonSubTypes.Type(value = Fact.ResultPart.class, name = "result"),
  @JsonSubTypes.Type(value = Fact.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = Fact.Unknown.class, name = "unknown"),
  @JsonSubTypes.Type(value = Fact.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = Fact.Sample.class, name = Fact.Sample.NAME),
  @JsonSubTypes.Type(value = Fact.Repeated.class, name = "repeated"),
  @JsonSubTypes.Type(value = Fact.SharedUser.class, name = "shared-user"),
  @JsonSubTypes.Type(value = Fact.Bye.class, name = "bye")
})
public sealed interface Fact {

  /** The pod's program is up and reads commands. */
  record Started(ClockReading clock) implements Fact {}

  /** Printed every 2 s whatever else happens, so that a silent stream shows as a broken one. */
  record Alive() implements Fact {}

  /**
   * Not armed yet, and why: for instance what the target's readiness path answered.
   *
   * @param blame whose fault it looks like from here
   */
  record Waiting(int step, int attempt, Blame blame, String reason) implements Fact {}

  /** The engine is loaded and parked inside itself until T0, and the target has answered. */
  record Armed(int step, int attempt) implements Fact {}

  /** T0 had passed before this pod could be armed: it sends nothing in this attempt. */
  record Late(int step, int attempt) implements Fact {}

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
      implements Fact {}

  /**
   * The answer to {@link Command.Abort} and {@link Command.Discard}, each time that one comes: no
   * process of this attempt runs in this pod, and none will.
   *
   * @param sent requests, warm-up included; 0 where no engine was started
   */
  record AttemptEnded(int step, int attempt, long sent) implements Fact {}

  /**
   * A piece of a {@link WorkerReport}, in base64 of its compressed JSON.
   *
   * @param part from 0
   * @param parts how many make the whole
   */
  record ResultPart(int step, int attempt, int part, int parts, String payload) implements Fact {}

  /** This attempt cannot give a result in this pod; the reason is the engine's own last words. */
  record Failed(int step, int attempt, Blame blame, String reason) implements Fact {}

  /**
   * The answer to {@link Command.Repeat} of a pod that has no memory of this attempt: the command
   * to arm never reached it.
   */
  record Unknown(int step, int attempt) implements Fact {}

  /** A command that this pod cannot read, and why: it goes on as if there were none. */
  record Refused(String reason) implements Fact {}

  /**
   * An observer's look at the processes of its pod: printed as it is taken, and on {@link
   * Command.RepeatSamples} again.
   *
   * @param index counts the observer's looks from 0
   * @param cpuMicros time on a core since the pod began
   * @param memoryBytes resident
   * @param mainStarts when the main process of each of the target's containers started, in ticks
   *     since the node's boot; an observer of an earlier version writes none
   */
  record Sample(
      long index,
      long takenEpochMicros,
      long cpuMicros,
      long memoryBytes,
      int threads,
      List<Long> mainStarts)
      implements Fact {

    /** Its name on the wire, and that of the field that earlier versions do not write. */
    static final String NAME = "sample";

    static final String MAIN_STARTS = "mainStarts";

    public Sample {
      mainStarts = List.copyOf(mainStarts);
    }
  }

  /** All that an observer still keeps of what it was asked for has been printed again. */
  record Repeated(int step, int attempt, int ask) implements Fact {}

  /**
   * A process of the target runs as the observer's own user, and could speak in its name: said with
   * each look at which it is so.
   *
   * @param program its name, as the kernel has it
   */
  record SharedUser(String program) implements Fact {}

  /** The last line. */
  record Bye() implements Fact {}

  /** Who stands in the way. */
  enum Blame {
    TARGET,
    WORKER
  }
}

package bench.podium.worker;

import bench.podium.domain.plan.AttemptId;
import bench.podium.engine.LoadAssignment;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.AgentMessage.Cause;
import bench.podium.protocol.Command;
import bench.podium.protocol.EpochMicros;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state machine of a worker, as a pure function: (state, event, now) to (state, actions). A
 * worker runs each attempt at most once, and only attempts newer than the current one.
 *
 * @param current the newest attempt; earlier ones are not remembered
 * @param ended whether the worker has finished
 */
record WorkerState(Optional<Attempt> current, boolean ended) {

  /**
   * A worker that is not armed this long before T0 reports that it is late, because an abort could
   * not reach it before it sends.
   */
  static final Duration MIN_ARMING_LEAD = Duration.ofMillis(50);

  /** Pause between two readiness requests to a target that refuses connections at once. */
  static final Duration PROBE_PAUSE = Duration.ofMillis(100);

  /** Minimum time between two messages with the same reason. */
  static final Duration REPEAT_INTERVAL = Duration.ofSeconds(1);

  /** The result of handling an event. */
  record Transition(WorkerState state, List<WorkerAction> actions) {
    Transition {
      actions = List.copyOf(actions);
    }
  }

  static WorkerState idle() {
    return new WorkerState(Optional.empty(), false);
  }

  Transition on(WorkerEvent event, Instant now) {
    if (ended) {
      return stay();
    }
    return switch (event) {
      case WorkerEvent.Commanded(Command command) -> handle(command, now);
      case WorkerEvent.Tick() -> tick(now);
      case WorkerEvent.TargetAnswered(AttemptId id) -> targetAnswered(id, now);
      case WorkerEvent.TargetSilent(AttemptId id, String reason) -> targetSilent(id, reason, now);
      case WorkerEvent.EngineParked(AttemptId id) -> parked(id, now);
      case WorkerEvent.EngineRefused(AttemptId id, String reason) -> refused(id, reason);
      case WorkerEvent.EngineLate(AttemptId id) ->
          running(id).map(arm -> cutShort(arm, late(id))).orElseGet(this::stay);
      case WorkerEvent.EngineBroken(AttemptId id, String reason) ->
          running(id).map(arm -> broken(arm, reason)).orElseGet(this::stay);
      case WorkerEvent.EngineDone(AttemptId id, List<AgentMessage> messages) ->
          running(id).map(arm -> done(arm, messages)).orElseGet(this::stay);
      case WorkerEvent.Terminated() -> finish();
    };
  }

  private Transition handle(Command command, Instant now) {
    return switch (command) {
      case Command.Arm arm -> arm(arm, now);
      case Command.Abort(int step, int attempt) -> end(new AttemptId(step, attempt));
      case Command.Discard(int step, int attempt) -> end(new AttemptId(step, attempt));
      case Command.Repeat(int step, int attempt, int _) -> repeat(new AttemptId(step, attempt));
      case Command.RepeatSamples _ ->
          new Transition(
              this,
              List.of(
                  new WorkerAction.Print(
                      new AgentMessage.Refused("a worker does not sample targets"))));
      case Command.Finish() -> finish();
    };
  }

  private Transition arm(Command.Arm arm, Instant now) {
    AttemptId id = arm.attemptId();
    if (current.filter(it -> it.id().compareTo(id) >= 0).isPresent()) {
      return stay();
    }
    List<WorkerAction> actions = new ArrayList<>(cutShort());
    if (isLate(arm, now)) {
      actions.add(new WorkerAction.Print(late(id)));
      return with(new Attempt.Finished(arm, List.of(late(id))), actions);
    }
    actions.add(new WorkerAction.Probe(arm, Duration.ZERO));
    return with(new Attempt.Probing(arm, Optional.empty()), actions);
  }

  /**
   * Ends an attempt. The engine of an earlier attempt is killed as well: ending a later attempt
   * implies that the earlier one has ended. A complete result is kept and can be requested.
   */
  private Transition end(AttemptId id) {
    WorkerAction report = new WorkerAction.PrintAttemptEnded(id);
    boolean alreadyEnded =
        current
            .filter(it -> it.id().compareTo(id) > 0 || (isFinished(it) && it.id().equals(id)))
            .isPresent();
    if (alreadyEnded) {
      return new Transition(this, List.of(report));
    }
    List<WorkerAction> actions = new ArrayList<>(cutShort());
    actions.add(report);
    return with(new Attempt.Ended(id), actions);
  }

  private static boolean isFinished(Attempt attempt) {
    return attempt instanceof Attempt.Finished || attempt instanceof Attempt.Ended;
  }

  private Transition repeat(AttemptId id) {
    List<WorkerAction> actions =
        current
            .filter(it -> it.id().equals(id))
            .map(RepeatedState::of)
            .orElse(
                List.of(new WorkerAction.Print(new AgentMessage.Unknown(id.step(), id.attempt()))));
    return new Transition(this, actions);
  }

  private Transition finish() {
    List<WorkerAction> actions = new ArrayList<>(cutShort());
    actions.add(new WorkerAction.Print(new AgentMessage.Stopped()));
    actions.add(new WorkerAction.Exit());
    return new Transition(new WorkerState(current, true), actions);
  }

  private List<WorkerAction> cutShort() {
    return current
        .flatMap(Attempt::startedBy)
        .<List<WorkerAction>>map(arm -> List.of(new WorkerAction.CutShort(arm)))
        .orElse(List.of());
  }

  private Transition tick(Instant now) {
    return switch (current.orElse(null)) {
      case Attempt.Starting(Command.Arm arm) when !now.isBefore(t0(arm)) ->
          cutShort(arm, late(arm.attemptId()));
      case Attempt.Armed(Command.Arm arm) when now.isAfter(endsBefore(arm)) ->
          broken(arm, "the engine did not end in time");
      case null, default -> stay();
    };
  }

  private Transition targetAnswered(AttemptId id, Instant now) {
    return switch (currentIf(id)) {
      case Attempt.Probing(Command.Arm arm, Optional<Attempt.SentMessage> _)
          when isLate(arm, now) ->
          finishAttempt(arm, late(id));
      case Attempt.Probing(Command.Arm arm, Optional<Attempt.SentMessage> _) ->
          with(new Attempt.Starting(arm), List.of(new WorkerAction.StartEngine(arm)));
      case Attempt.Refused(Command.Arm arm, String reason) ->
          finishAttempt(arm, failed(id, Cause.WORKER, reason));
      case null, default -> stay();
    };
  }

  /**
   * Handles an unanswered readiness request, also after T0: the reason why the target is not ready
   * explains more than that this worker is late.
   */
  private Transition targetSilent(AttemptId id, String reason, Instant now) {
    return switch (currentIf(id)) {
      case Attempt.Probing(Command.Arm arm, Optional<Attempt.SentMessage> lastSent) -> {
        AgentMessage.Waiting message = waiting(id, Cause.TARGET, reason);
        WorkerAction probeAgain = new WorkerAction.Probe(arm, PROBE_PAUSE);
        boolean sentRecently =
            lastSent
                .filter(
                    it ->
                        it.message().equals(message) && now.isBefore(it.at().plus(REPEAT_INTERVAL)))
                .isPresent();
        yield sentRecently
            ? new Transition(this, List.of(probeAgain))
            : with(
                new Attempt.Probing(arm, Optional.of(new Attempt.SentMessage(message, now))),
                List.of(new WorkerAction.Print(message), probeAgain));
      }
      case Attempt.Refused(Command.Arm arm, String engineReason) ->
          finishAttempt(arm, failed(id, Cause.TARGET, engineReason + "; readiness: " + reason));
      case null, default -> stay();
    };
  }

  private Transition parked(AttemptId id, Instant now) {
    return switch (currentIf(id)) {
      case Attempt.Starting(Command.Arm arm) when isLate(arm, now) -> cutShort(arm, late(id));
      case Attempt.Starting(Command.Arm arm) ->
          with(
              new Attempt.Armed(arm),
              List.of(new WorkerAction.Print(new AgentMessage.Armed(id.step(), id.attempt()))));
      case null, default -> stay();
    };
  }

  private Transition refused(AttemptId id, String reason) {
    return running(id)
        .map(
            arm ->
                with(
                    new Attempt.Refused(arm, reason),
                    List.of(
                        new WorkerAction.CutShort(arm),
                        new WorkerAction.Probe(arm, Duration.ZERO))))
        .orElseGet(this::stay);
  }

  private Transition broken(Command.Arm arm, String reason) {
    return cutShort(arm, failed(arm.attemptId(), Cause.WORKER, reason));
  }

  /**
   * Ends the attempt and kills its engine. The number of requests that it may have sent is reported
   * before the final message.
   */
  private Transition cutShort(Command.Arm arm, AgentMessage finalMessage) {
    return with(
        new Attempt.Finished(arm, List.of(finalMessage)),
        List.of(new WorkerAction.CutShort(arm), new WorkerAction.Print(finalMessage)));
  }

  private Transition finishAttempt(Command.Arm arm, AgentMessage message) {
    return with(
        new Attempt.Finished(arm, List.of(message)), List.of(new WorkerAction.Print(message)));
  }

  private Transition done(Command.Arm arm, List<AgentMessage> messages) {
    List<WorkerAction> actions = new ArrayList<>();
    actions.add(new WorkerAction.KillEngine());
    messages.forEach(message -> actions.add(new WorkerAction.Print(message)));
    return with(
        new Attempt.Finished(arm, messages.stream().filter(WorkerState::isRepeatable).toList()),
        actions);
  }

  /**
   * Whether the message may be repeated. {@code Ran} is sent exactly once, so that a reader that
   * adds up the requests counts them once.
   */
  private static boolean isRepeatable(AgentMessage message) {
    return !(message instanceof AgentMessage.Ran);
  }

  private Transition with(Attempt attempt, List<WorkerAction> actions) {
    return new Transition(new WorkerState(Optional.of(attempt), false), actions);
  }

  private Transition stay() {
    return new Transition(this, List.of());
  }

  /** The attempt; null if the event is of an attempt that is not the newest. */
  private Attempt currentIf(AttemptId id) {
    return current.filter(it -> it.id().equals(id)).orElse(null);
  }

  /** The command of this attempt, if it is the newest and its engine may be running. */
  private Optional<Command.Arm> running(AttemptId id) {
    return current.filter(it -> it.id().equals(id)).flatMap(Attempt::startedBy);
  }

  private static boolean isLate(Command.Arm arm, Instant now) {
    return !now.isBefore(t0(arm).minus(MIN_ARMING_LEAD));
  }

  static Instant t0(Command.Arm arm) {
    return EpochMicros.instant(arm.t0EpochMicros());
  }

  private static Instant endsBefore(Command.Arm arm) {
    return LoadAssignment.endsBefore(
        t0(arm),
        Duration.ofMillis(arm.warmupMillis()),
        Duration.ofMillis(arm.durationMillis()),
        Duration.ofMillis(arm.timeoutMillis()));
  }

  private static AgentMessage late(AttemptId id) {
    return new AgentMessage.Late(id.step(), id.attempt());
  }

  private static AgentMessage failed(AttemptId id, Cause cause, String reason) {
    return new AgentMessage.Failed(id.step(), id.attempt(), cause, reason);
  }

  private static AgentMessage.Waiting waiting(AttemptId id, Cause cause, String reason) {
    return new AgentMessage.Waiting(id.step(), id.attempt(), cause, reason);
  }
}

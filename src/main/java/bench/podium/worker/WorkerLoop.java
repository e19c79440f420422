package bench.podium.worker;

import static bench.podium.agent.AgentRuntime.guarded;

import bench.podium.agent.Commands;
import bench.podium.agent.MessageWriter;
import bench.podium.domain.plan.AttemptId;
import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.LoadShare;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Command;
import bench.podium.protocol.ProtocolCodec;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Passes events to {@link WorkerState} and carries out the resulting actions. Everything runs on
 * one thread, except readiness requests to the target, which may take a second each.
 */
final class WorkerLoop {

  private static final Duration ALIVE_INTERVAL = Duration.ofSeconds(2);

  private final Commands commands;
  private final ProtocolCodec codec;
  private final HttpReadiness readiness;
  private final EngineSupervisor engine;
  private final MessageWriter lines;
  private final Clock clock;
  private final ScheduledExecutorService thread;
  private final ScheduledExecutorService readinessThread;
  private final CountDownLatch exited = new CountDownLatch(1);
  private final Map<AttemptId, Long> sent = new HashMap<>();
  private WorkerState state = WorkerState.idle();

  WorkerLoop(
      Commands commands,
      ProtocolCodec codec,
      HttpReadiness readiness,
      EngineSupervisor engine,
      MessageWriter lines,
      Clock clock,
      ScheduledExecutorService thread,
      ScheduledExecutorService readinessThread) {
    this.commands = commands;
    this.codec = codec;
    this.readiness = readiness;
    this.engine = engine;
    this.lines = lines;
    this.clock = clock;
    this.thread = thread;
    this.readinessThread = readinessThread;
  }

  /** Sends the message and runs until the finish command. */
  void start(AgentMessage.Started started) {
    onThread(
        () -> {
          preloadClasses();
          lines.write(started);
          poll();
        });
    commands.input().onLine(() -> onThread(this::takeCommand));
    var _ =
        thread.scheduleWithFixedDelay(
            guarded(this::sendAlive),
            ALIVE_INTERVAL.toMillis(),
            ALIVE_INTERVAL.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Loads the classes that decode commands, which would otherwise delay the first command. */
  private void preloadClasses() {
    Command.Arm arm =
        new Command.Arm(
            0,
            0,
            "http://localhost:80",
            "/",
            EngineKind.WRK,
            new LoadShare.Connections(1),
            1,
            1,
            0,
            1,
            Optional.empty(),
            0,
            1);
    Command read = codec.decodeCommand(codec.encodeCommand(arm));
    WorkerState.idle().on(new WorkerEvent.Commanded(read), clock.instant());
  }

  /** Blocks until the last message is sent. */
  void awaitExit() throws InterruptedException {
    exited.await();
  }

  /** Ends the worker as soon as possible; returns whether the last message was sent in time. */
  boolean terminate(Duration within) throws InterruptedException {
    onThread(() -> receive(new WorkerEvent.Terminated()));
    return exited.await(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sendAlive() {
    if (!state.ended()) {
      lines.write(new AgentMessage.Alive());
    }
  }

  private void poll() {
    takeCommand();
    watchEngine();
    receive(new WorkerEvent.Tick());
    if (!state.ended()) {
      Duration pause = PollSchedule.pause(state.current(), clock.instant());
      var _ = thread.schedule(guarded(this::poll), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void takeCommand() {
    commands.next().ifPresent(this::command);
  }

  private void command(String text) {
    try {
      receive(new WorkerEvent.Commanded(codec.decodeCommand(text)));
    } catch (IllegalArgumentException e) {
      lines.write(new AgentMessage.Refused(String.valueOf(e.getMessage())));
    }
  }

  private void watchEngine() {
    Optional<WorkerEvent> event =
        switch (state.current().orElse(null)) {
          case Attempt.Starting(Command.Arm arm) -> engine.watch(arm, false);
          case Attempt.Armed(Command.Arm arm) -> engine.watch(arm, true);
          case null, default -> Optional.empty();
        };
    event.ifPresent(this::receive);
  }

  private void receive(WorkerEvent event) {
    WorkerState.Transition transition = state.on(event, clock.instant());
    state = transition.state();
    transition.actions().forEach(this::carryOut);
  }

  private void carryOut(WorkerAction action) {
    switch (action) {
      case WorkerAction.Print(AgentMessage message) -> write(message);
      case WorkerAction.Probe(Command.Arm arm, Duration pause) -> probeAfter(arm, pause);
      case WorkerAction.StartEngine(Command.Arm arm) ->
          engine.start(arm, () -> onThread(this::watchEngine)).ifPresent(this::receive);
      case WorkerAction.KillEngine() -> engine.kill();
      case WorkerAction.CutShort(Command.Arm arm) -> write(engine.cutShort(arm));
      case WorkerAction.PrintAttemptEnded(AttemptId id) ->
          write(new AgentMessage.AttemptEnded(id.step(), id.attempt(), sent.getOrDefault(id, 0L)));
      case WorkerAction.Exit() -> exited.countDown();
    }
  }

  /**
   * Writes a message. The number of requests sent in an attempt is remembered, because it may be
   * requested again.
   */
  private void write(AgentMessage message) {
    if (message instanceof AgentMessage.Ran ran) {
      sent.put(new AttemptId(ran.step(), ran.attempt()), ran.sent());
    }
    lines.write(message);
  }

  private void probeAfter(Command.Arm arm, Duration pause) {
    var _ =
        readinessThread.schedule(
            guarded(() -> probe(arm)), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void probe(Command.Arm arm) {
    AttemptId id = arm.attemptId();
    WorkerEvent answer = probeResult(id, arm);
    onThread(() -> receive(answer));
  }

  private WorkerEvent probeResult(AttemptId id, Command.Arm arm) {
    try {
      return readiness
          .problem(URI.create(arm.url()), arm.readinessPath())
          .<WorkerEvent>map(reason -> new WorkerEvent.TargetSilent(id, reason))
          .orElseGet(() -> new WorkerEvent.TargetAnswered(id));
    } catch (IllegalArgumentException e) {
      return new WorkerEvent.TargetSilent(id, String.valueOf(e.getMessage()));
    }
  }

  private void onThread(Runnable task) {
    thread.execute(guarded(task));
  }
}

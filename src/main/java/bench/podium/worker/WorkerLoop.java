package bench.podium.worker;

import static bench.podium.pod.PodProgram.guarded;

import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.LoadShare;
import bench.podium.pod.Commands;
import bench.podium.pod.LineWriter;
import bench.podium.wire.Command;
import bench.podium.wire.Fact;
import bench.podium.wire.WireCodec;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Brings signals to {@link WorkerState} and carries out what it decides. All of it happens on one
 * thread; only questions to the target, which may take a second each, have another.
 */
final class WorkerLoop {

  private static final Duration ALIVE = Duration.ofSeconds(2);

  private final Commands commands;
  private final WireCodec codec;
  private final HttpReadiness readiness;
  private final EngineSupervisor engine;
  private final LineWriter lines;
  private final Clock clock;
  private final ScheduledExecutorService thread;
  private final ScheduledExecutorService questions;
  private final CountDownLatch exited = new CountDownLatch(1);
  private WorkerState state = WorkerState.idle();

  WorkerLoop(
      Commands commands,
      WireCodec codec,
      HttpReadiness readiness,
      EngineSupervisor engine,
      LineWriter lines,
      Clock clock,
      ScheduledExecutorService thread,
      ScheduledExecutorService questions) {
    this.commands = commands;
    this.codec = codec;
    this.readiness = readiness;
    this.engine = engine;
    this.lines = lines;
    this.clock = clock;
    this.thread = thread;
    this.questions = questions;
  }

  /** Says that it is there, and goes on until it is told to finish. */
  void start(Fact.Started started) {
    onThread(
        () -> {
          rehearse();
          lines.say(started);
          look();
        });
    var _ =
        thread.scheduleWithFixedDelay(
            guarded(this::alive), ALIVE.toMillis(), ALIVE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The first command would have to wait while the classes that read it are loaded. */
  private void rehearse() {
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
    WorkerState.idle().on(new Signal.Commanded(read), clock.instant());
  }

  /** Returns once the last line is printed. */
  void awaitExit() throws InterruptedException {
    exited.await();
  }

  /** Ends as soon as possible; returns whether the last line was printed in time. */
  boolean terminate(Duration within) throws InterruptedException {
    onThread(() -> receive(new Signal.Terminated()));
    return exited.await(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void alive() {
    if (!state.ended()) {
      lines.say(new Fact.Alive());
    }
  }

  private void look() {
    commands.next().ifPresent(this::command);
    watchEngine();
    receive(new Signal.Tick());
    if (!state.ended()) {
      Duration pause = LookTimes.pause(state.current(), clock.instant());
      var _ = thread.schedule(guarded(this::look), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void command(String text) {
    try {
      receive(new Signal.Commanded(codec.decodeCommand(text)));
    } catch (IllegalArgumentException e) {
      lines.say(new Fact.Refused(String.valueOf(e.getMessage())));
    }
  }

  private void watchEngine() {
    Optional<Signal> signal =
        switch (state.current().orElse(null)) {
          case Attempt.Starting(Command.Arm arm) -> engine.watch(arm, false);
          case Attempt.Armed(Command.Arm arm) -> engine.watch(arm, true);
          case null, default -> Optional.empty();
        };
    signal.ifPresent(this::receive);
  }

  private void receive(Signal signal) {
    WorkerState.Transition transition = state.on(signal, clock.instant());
    state = transition.state();
    transition.actions().forEach(this::act);
  }

  private void act(Action action) {
    switch (action) {
      case Action.Say(Fact fact) -> lines.say(fact);
      case Action.Probe(Command.Arm arm, Duration pause) -> askAfter(arm, pause);
      case Action.StartEngine(Command.Arm arm) ->
          engine.start(arm, () -> onThread(this::watchEngine)).ifPresent(this::receive);
      case Action.KillEngine() -> engine.kill();
      case Action.CutShort(Command.Arm arm) -> lines.say(engine.cutShort(arm));
      case Action.Exit() -> exited.countDown();
    }
  }

  private void askAfter(Command.Arm arm, Duration pause) {
    var _ = questions.schedule(guarded(() -> ask(arm)), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void ask(Command.Arm arm) {
    AttemptId id = AttemptId.of(arm);
    Signal answer = answer(id, arm);
    onThread(() -> receive(answer));
  }

  private Signal answer(AttemptId id, Command.Arm arm) {
    try {
      return readiness
          .problem(URI.create(arm.url()), arm.readinessPath())
          .<Signal>map(reason -> new Signal.TargetSilent(id, reason))
          .orElseGet(() -> new Signal.TargetAnswered(id));
    } catch (IllegalArgumentException e) {
      return new Signal.TargetSilent(id, String.valueOf(e.getMessage()));
    }
  }

  private void onThread(Runnable task) {
    thread.execute(guarded(task));
  }
}

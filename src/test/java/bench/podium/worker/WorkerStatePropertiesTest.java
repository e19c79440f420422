package bench.podium.worker;

import static bench.podium.worker.Signals.EARLY;
import static bench.podium.worker.Signals.T0;
import static bench.podium.worker.Signals.armSignal;
import static bench.podium.worker.Signals.id;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.wire.Command;
import bench.podium.wire.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds whatever a load pod hears, in whatever order. */
class WorkerStatePropertiesTest {

  @Property(tries = 300)
  void that_an_engine_ran_is_said_exactly_once_however_it_ends(@ForAll Random random) {
    // Given
    WorkerState any = WorkerState.idle();
    List<AttemptId> started = new ArrayList<>();
    List<AttemptId> ran = new ArrayList<>();
    // When
    for (int i = 0; i < 60; i++) {
      Instant now = random.nextInt(9) == 0 ? T0.plusSeconds(random.nextInt(20)) : EARLY;
      Signal signal = anySignal(random, any.current().map(Attempt::id).orElse(id(0, 1)));
      WorkerState.Transition transition = any.on(i < 59 ? signal : new Signal.Terminated(), now);
      any = transition.state();
      for (Action action : transition.actions()) {
        switch (action) {
          case Action.StartEngine(Command.Arm arm) -> started.add(AttemptId.of(arm));
          case Action.CutShort(Command.Arm arm) -> ran.add(AttemptId.of(arm));
          case Action.Say(Fact.Ran fact) -> ran.add(id(fact.step(), fact.attempt()));
          default -> {}
        }
      }
    }
    // Then
    assertThat(ran).isEqualTo(started);
  }

  private static Signal anySignal(Random random, AttemptId current) {
    int step = current.step();
    int attempt = current.attempt();
    return switch (random.nextInt(12)) {
      case 0 -> armSignal(step, attempt + 1);
      case 1 -> armSignal(step + 1, 1);
      case 2 -> new Signal.TargetAnswered(current);
      case 3 -> new Signal.EngineParked(current);
      case 4 -> new Signal.EngineRefused(current, "r");
      case 5 -> new Signal.EngineBroken(current, "b");
      case 6 -> new Signal.EngineLate(current);
      case 7 ->
          new Signal.EngineDone(
              current,
              List.of(
                  new Fact.Ran(step, attempt, 0, Optional.empty(), 1, 1, false),
                  new Fact.ResultPart(step, attempt, 0, 1, "x")));
      case 8 -> new Signal.Commanded(new Command.Repeat(step, attempt, 1));
      case 9 -> new Signal.Commanded(new Command.Abort(step, attempt + random.nextInt(3) - 1));
      case 10 -> new Signal.Commanded(new Command.Discard(step, attempt));
      default -> new Signal.Tick();
    };
  }

  @Property(tries = 300)
  void no_attempt_ever_starts_twice_nor_after_a_higher_one(@ForAll Random random) {
    // Given
    WorkerState any = WorkerState.idle();
    List<AttemptId> started = new ArrayList<>();
    // When
    for (int i = 0; i < 60; i++) {
      AttemptId id = id(random.nextInt(3), random.nextInt(3));
      Signal signal =
          switch (random.nextInt(8)) {
            case 0, 1 -> armSignal(id.step(), id.attempt());
            case 7 -> new Signal.Commanded(new Command.Abort(id.step(), id.attempt()));
            case 2, 3 -> new Signal.TargetAnswered(id);
            case 4 -> new Signal.EngineParked(id);
            case 5 -> new Signal.EngineRefused(id, "r");
            default -> new Signal.TargetSilent(id, "s");
          };
      WorkerState.Transition transition = any.on(signal, EARLY);
      any = transition.state();
      for (Action action : transition.actions()) {
        if (action instanceof Action.StartEngine(Command.Arm arm)) {
          started.add(AttemptId.of(arm));
        }
      }
    }
    // Then
    assertThat(started).isSorted().doesNotHaveDuplicates();
  }

  @Property(tries = 300)
  void no_engine_of_an_attempt_runs_once_its_end_was_said(@ForAll Random random) {
    // Given
    WorkerState any = WorkerState.idle();
    List<AttemptId> running = new ArrayList<>();
    List<AttemptId> ended = new ArrayList<>();
    // When
    for (int i = 0; i < 80; i++) {
      Signal signal = anySignal(random, any.current().map(Attempt::id).orElse(id(0, 1)));
      WorkerState.Transition transition = any.on(signal, EARLY);
      any = transition.state();
      for (Action action : transition.actions()) {
        switch (action) {
          case Action.StartEngine(Command.Arm arm) -> running.add(AttemptId.of(arm));
          case Action.CutShort(Command.Arm arm) -> running.remove(AttemptId.of(arm));
          case Action.KillEngine() -> running.clear();
          case Action.SayEnded(AttemptId id) -> ended.add(id);
          default -> {}
        }
        // Then
        assertThat(running).noneMatch(ended::contains);
      }
    }
  }
}

package bench.podium.worker;

import static bench.podium.worker.WorkerEvents.EARLY;
import static bench.podium.worker.WorkerEvents.T0;
import static bench.podium.worker.WorkerEvents.armEvent;
import static bench.podium.worker.WorkerEvents.id;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.plan.AttemptId;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Invariants of a worker for random events in random order. */
class WorkerStatePropertiesTest {

  @Property(tries = 300)
  void reportsExactlyOnceThatAnEngineRan(@ForAll Random random) {
    // Given
    WorkerState any = WorkerState.idle();
    List<AttemptId> started = new ArrayList<>();
    List<AttemptId> ran = new ArrayList<>();
    // When
    for (int i = 0; i < 60; i++) {
      Instant now = random.nextInt(9) == 0 ? T0.plusSeconds(random.nextInt(20)) : EARLY;
      WorkerEvent signal = anyEvent(random, any.current().map(Attempt::id).orElse(id(0, 1)));
      WorkerState.Transition transition =
          any.on(i < 59 ? signal : new WorkerEvent.Terminated(), now);
      any = transition.state();
      for (WorkerAction action : transition.actions()) {
        switch (action) {
          case WorkerAction.StartEngine(Command.Arm arm) -> started.add(arm.attemptId());
          case WorkerAction.CutShort(Command.Arm arm) -> ran.add(arm.attemptId());
          case WorkerAction.Print(AgentMessage.Ran message) ->
              ran.add(id(message.step(), message.attempt()));
          default -> {}
        }
      }
    }
    // Then
    assertThat(ran).isEqualTo(started);
  }

  private static WorkerEvent anyEvent(Random random, AttemptId current) {
    int step = current.step();
    int attempt = current.attempt();
    return switch (random.nextInt(12)) {
      case 0 -> armEvent(step, attempt + 1);
      case 1 -> armEvent(step + 1, 1);
      case 2 -> new WorkerEvent.TargetAnswered(current);
      case 3 -> new WorkerEvent.EngineParked(current);
      case 4 -> new WorkerEvent.EngineRefused(current, "r");
      case 5 -> new WorkerEvent.EngineBroken(current, "b");
      case 6 -> new WorkerEvent.EngineLate(current);
      case 7 ->
          new WorkerEvent.EngineDone(
              current,
              List.of(
                  new AgentMessage.Ran(step, attempt, 0, Optional.empty(), 1, 1, false),
                  new AgentMessage.ResultPart(step, attempt, 0, 1, "x")));
      case 8 -> new WorkerEvent.Commanded(new Command.Repeat(step, attempt, 1));
      case 9 -> new WorkerEvent.Commanded(new Command.Abort(step, attempt + random.nextInt(3) - 1));
      case 10 -> new WorkerEvent.Commanded(new Command.Discard(step, attempt));
      default -> new WorkerEvent.Tick();
    };
  }

  @Property(tries = 300)
  void startsNoAttemptTwiceOrAfterANewerOne(@ForAll Random random) {
    // Given
    WorkerState any = WorkerState.idle();
    List<AttemptId> started = new ArrayList<>();
    // When
    for (int i = 0; i < 60; i++) {
      AttemptId id = id(random.nextInt(3), random.nextInt(3));
      WorkerEvent signal =
          switch (random.nextInt(8)) {
            case 0, 1 -> armEvent(id.step(), id.attempt());
            case 7 -> new WorkerEvent.Commanded(new Command.Abort(id.step(), id.attempt()));
            case 2, 3 -> new WorkerEvent.TargetAnswered(id);
            case 4 -> new WorkerEvent.EngineParked(id);
            case 5 -> new WorkerEvent.EngineRefused(id, "r");
            default -> new WorkerEvent.TargetSilent(id, "s");
          };
      WorkerState.Transition transition = any.on(signal, EARLY);
      any = transition.state();
      for (WorkerAction action : transition.actions()) {
        if (action instanceof WorkerAction.StartEngine(Command.Arm arm)) {
          started.add(arm.attemptId());
        }
      }
    }
    // Then
    assertThat(started).isSorted().doesNotHaveDuplicates();
  }

  @Property(tries = 300)
  void runsNoEngineOfAnAttemptAfterReportingItsEnd(@ForAll Random random) {
    // Given
    WorkerState any = WorkerState.idle();
    List<AttemptId> running = new ArrayList<>();
    List<AttemptId> ended = new ArrayList<>();
    // When
    for (int i = 0; i < 80; i++) {
      WorkerEvent signal = anyEvent(random, any.current().map(Attempt::id).orElse(id(0, 1)));
      WorkerState.Transition transition = any.on(signal, EARLY);
      any = transition.state();
      for (WorkerAction action : transition.actions()) {
        switch (action) {
          case WorkerAction.StartEngine(Command.Arm arm) -> running.add(arm.attemptId());
          case WorkerAction.CutShort(Command.Arm arm) -> running.remove(arm.attemptId());
          case WorkerAction.KillEngine() -> running.clear();
          case WorkerAction.PrintAttemptEnded(AttemptId id) -> ended.add(id);
          default -> {}
        }
        // Then
        assertThat(running).noneMatch(ended::contains);
      }
    }
  }
}

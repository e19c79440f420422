package bench.podium.worker;

import static bench.podium.worker.WorkerEvents.EARLY;
import static bench.podium.worker.WorkerEvents.T0;
import static bench.podium.worker.WorkerEvents.arm;
import static bench.podium.worker.WorkerEvents.armSignal;
import static bench.podium.worker.WorkerEvents.id;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.AgentMessage.Cause;
import bench.podium.protocol.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerStateTest {

  private WorkerState state = WorkerState.idle();
  private final List<WorkerAction> actions = new ArrayList<>();

  private List<WorkerAction> after(Instant now, WorkerEvent... signals) {
    actions.clear();
    for (WorkerEvent signal : signals) {
      WorkerState.Transition transition = state.on(signal, now);
      state = transition.state();
      actions.addAll(transition.actions());
    }
    return actions;
  }

  private void armed() {
    after(
        EARLY,
        armSignal(1, 1),
        new WorkerEvent.TargetAnswered(id(1, 1)),
        new WorkerEvent.EngineParked(id(1, 1)));
  }

  private static WorkerAction write(AgentMessage message) {
    return new WorkerAction.Print(message);
  }

  @Test
  void itAsksTheTargetThenStartsTheEngineThenSaysArmed() {
    // Given
    WorkerEvent[] signals = {
      armSignal(1, 1),
      new WorkerEvent.TargetAnswered(id(1, 1)),
      new WorkerEvent.EngineParked(id(1, 1))
    };
    // When
    List<WorkerAction> done = after(EARLY, signals);
    // Then
    assertThat(done)
        .containsExactly(
            new WorkerAction.Probe(arm(1, 1), Duration.ZERO),
            new WorkerAction.StartEngine(arm(1, 1)),
            write(new AgentMessage.Armed(1, 1)));
  }

  @Test
  void theSameAndALowerAttemptAreIgnored() {
    // Given
    after(EARLY, armSignal(2, 2));
    // When
    List<WorkerAction> done = after(EARLY, armSignal(2, 2), armSignal(2, 1), armSignal(1, 9));
    // Then
    assertThat(done).isEmpty();
  }

  @Test
  void aHigherAttemptCutsTheRunningOneShort() {
    // Given
    armed();
    // When
    List<WorkerAction> done = after(T0.minusSeconds(1), armSignal(1, 2));
    // Then
    assertThat(done)
        .containsExactly(
            new WorkerAction.CutShort(arm(1, 1)), new WorkerAction.Probe(arm(1, 2), Duration.ZERO));
  }

  @Test
  void signalsOfAAbortedAttemptChangeNothing() {
    // Given
    armed();
    after(T0.minusSeconds(1), armSignal(1, 2));
    // When
    List<WorkerAction> done =
        after(
            T0.minusSeconds(1),
            new WorkerEvent.TargetAnswered(id(1, 1)),
            new WorkerEvent.EngineParked(id(1, 1)),
            new WorkerEvent.EngineDone(id(1, 1), List.of()),
            new WorkerEvent.EngineBroken(id(1, 1), "x"));
    // Then
    assertThat(done).isEmpty();
  }

  @Test
  void aCommandAfterT0IsLateAndStartsNothing() {
    // Given
    Instant tooLate = T0.minus(WorkerState.MIN_ARMING_LEAD);
    // When
    List<WorkerAction> done = after(tooLate, armSignal(1, 1));
    // Then
    assertThat(done).containsExactly(write(new AgentMessage.Late(1, 1)));
  }

  @Test
  void anEngineThatIsNotParkedAtT0IsKilledAndLate() {
    // Given
    after(EARLY, armSignal(1, 1), new WorkerEvent.TargetAnswered(id(1, 1)));
    // When
    List<WorkerAction> done =
        after(T0, new WorkerEvent.Tick(), new WorkerEvent.EngineParked(id(1, 1)));
    // Then: it may have passed T0 all the same, so that what it sent counts
    assertThat(done)
        .containsExactly(new WorkerAction.CutShort(arm(1, 1)), write(new AgentMessage.Late(1, 1)));
  }

  @Test
  void whyItWaitsIsSaidWhenItChangesAndEachSecond() {
    // Given
    after(EARLY, armSignal(1, 1));
    WorkerAction again = new WorkerAction.Probe(arm(1, 1), WorkerState.PROBE_PAUSE);
    WorkerAction refused = write(new AgentMessage.Waiting(1, 1, Cause.TARGET, "refused"));
    WorkerEvent silent = new WorkerEvent.TargetSilent(id(1, 1), "refused");
    // When
    List<WorkerAction> first = List.copyOf(after(EARLY, silent));
    List<WorkerAction> soon = List.copyOf(after(EARLY.plusMillis(900), silent));
    List<WorkerAction> later = List.copyOf(after(EARLY.plusMillis(1000), silent));
    List<WorkerAction> other =
        List.copyOf(after(EARLY.plusMillis(1001), new WorkerEvent.TargetSilent(id(1, 1), "slow")));
    // Then
    assertThat(first).containsExactly(refused, again);
    assertThat(soon).containsExactly(again);
    assertThat(later).containsExactly(refused, again);
    assertThat(other)
        .containsExactly(write(new AgentMessage.Waiting(1, 1, Cause.TARGET, "slow")), again);
  }

  @Test
  void aRefusedEngineIsTheTargetsFaultOnlyIfTheTargetRefusesToo() {
    // Given
    armed();
    after(EARLY, new WorkerEvent.EngineRefused(id(1, 1), "cannot connect"));
    WorkerState refused = state;
    // When
    List<WorkerAction> answered =
        List.copyOf(after(EARLY, new WorkerEvent.TargetAnswered(id(1, 1))));
    state = refused;
    List<WorkerAction> silent =
        List.copyOf(after(EARLY, new WorkerEvent.TargetSilent(id(1, 1), "gone")));
    // Then
    assertThat(answered)
        .contains(write(new AgentMessage.Failed(1, 1, Cause.WORKER, "cannot connect")));
    assertThat(silent)
        .contains(
            write(new AgentMessage.Failed(1, 1, Cause.TARGET, "cannot connect; readiness: gone")));
  }

  @Test
  void anEngineBeyondItsTimeIsKilledAndFailed() {
    // Given: T0 + 1 s + duration 1 s + timeout 2 s + 5 s
    armed();
    Instant bound = T0.plusSeconds(9);
    // When
    List<WorkerAction> within = List.copyOf(after(bound, new WorkerEvent.Tick()));
    List<WorkerAction> beyond = List.copyOf(after(bound.plusMillis(1), new WorkerEvent.Tick()));
    // Then
    assertThat(within).isEmpty();
    assertThat(beyond)
        .containsExactly(
            new WorkerAction.CutShort(arm(1, 1)),
            write(new AgentMessage.Failed(1, 1, Cause.WORKER, "the engine did not end in time")));
  }

  @Test
  void whatIsKnownIsRepeated() {
    // Given
    armed();
    AgentMessage ran = new AgentMessage.Ran(1, 1, 0, Optional.empty(), 1, 1, false);
    AgentMessage part = new AgentMessage.ResultPart(1, 1, 0, 1, "x");
    WorkerEvent ask = new WorkerEvent.Commanded(new Command.Repeat(1, 1, 1));
    // When
    List<WorkerAction> running = List.copyOf(after(T0, ask));
    after(T0.plusSeconds(1), new WorkerEvent.EngineDone(id(1, 1), List.of(ran, part)));
    List<WorkerAction> over = List.copyOf(after(T0.plusSeconds(2), ask));
    List<WorkerAction> other =
        List.copyOf(after(T0, new WorkerEvent.Commanded(new Command.Repeat(1, 2, 1))));
    // Then
    assertThat(running).containsExactly(write(new AgentMessage.Armed(1, 1)));
    assertThat(over).as("that it ran is not said twice").containsExactly(write(part));
    assertThat(other).containsExactly(write(new AgentMessage.Unknown(1, 2)));
  }

  @Test
  void whatWasCutShortIsNotRepeated() {
    // Given
    armed();
    after(T0, armSignal(1, 2));
    // When
    List<WorkerAction> done =
        after(
            T0,
            new WorkerEvent.Commanded(new Command.Repeat(1, 1, 1)),
            new WorkerEvent.EngineDone(id(1, 1), List.of(new AgentMessage.Armed(1, 1))));
    // Then
    assertThat(done).containsExactly(write(new AgentMessage.Unknown(1, 1)));
  }

  @Test
  void anAbortedAttemptIsKilledAndItsEndSaidAsOftenAsItIsAskedFor() {
    // Given
    armed();
    WorkerEvent abort = new WorkerEvent.Commanded(new Command.Abort(1, 1));
    // When
    List<WorkerAction> first = List.copyOf(after(T0.minusMillis(200), abort));
    List<WorkerAction> again = List.copyOf(after(T0.plusSeconds(1), abort));
    List<WorkerAction> asked =
        List.copyOf(after(T0, new WorkerEvent.Commanded(new Command.Repeat(1, 1, 1))));
    // Then
    assertThat(first)
        .containsExactly(
            new WorkerAction.CutShort(arm(1, 1)), new WorkerAction.PrintAttemptEnded(id(1, 1)));
    assertThat(again).containsExactly(new WorkerAction.PrintAttemptEnded(id(1, 1)));
    assertThat(asked).containsExactly(new WorkerAction.PrintAttemptEnded(id(1, 1)));
  }

  @Test
  void anAttemptThatWasAbortedBeforeItsCommandCameNeverStarts() {
    // Given
    after(EARLY, new WorkerEvent.Commanded(new Command.Abort(1, 1)));
    // When
    List<WorkerAction> late = List.copyOf(after(EARLY, armSignal(1, 1)));
    List<WorkerAction> next = List.copyOf(after(EARLY, armSignal(1, 2)));
    // Then
    assertThat(late).isEmpty();
    assertThat(next).containsExactly(new WorkerAction.Probe(arm(1, 2), Duration.ZERO));
  }

  @Test
  void theEndOfAnEarlierAttemptDoesNotTouchTheOneUnderWay() {
    // Given
    armed();
    after(EARLY, armSignal(1, 2), new WorkerEvent.TargetAnswered(id(1, 2)));
    after(EARLY, new WorkerEvent.EngineParked(id(1, 2)));
    // When
    List<WorkerAction> done = after(T0, new WorkerEvent.Commanded(new Command.Discard(1, 1)));
    // Then
    assertThat(done).containsExactly(new WorkerAction.PrintAttemptEnded(id(1, 1)));
    assertThat(state.current()).contains(new Attempt.Armed(arm(1, 2)));
  }

  @Test
  void anAttemptThatIsToEndWhileAnEarlierOneRunsEndsBoth() {
    // Given
    armed();
    // When
    List<WorkerAction> done = after(T0, new WorkerEvent.Commanded(new Command.Discard(2, 1)));
    // Then
    assertThat(done)
        .containsExactly(
            new WorkerAction.CutShort(arm(1, 1)), new WorkerAction.PrintAttemptEnded(id(2, 1)));
  }

  @Test
  void anAttemptThatIsNotArmedYetEndsWithoutAnEngine() {
    // Given
    after(EARLY, armSignal(1, 1));
    // When
    List<WorkerAction> done =
        after(
            EARLY,
            new WorkerEvent.Commanded(new Command.Abort(1, 1)),
            new WorkerEvent.TargetAnswered(id(1, 1)));
    // Then
    assertThat(done).containsExactly(new WorkerAction.PrintAttemptEnded(id(1, 1)));
  }

  @Test
  void aResultThatIsCompleteOutlivesADiscard() {
    // Given
    armed();
    AgentMessage part = new AgentMessage.ResultPart(1, 1, 0, 1, "x");
    after(T0.plusSeconds(1), new WorkerEvent.EngineDone(id(1, 1), List.of(part)));
    // When
    List<WorkerAction> done =
        after(
            T0.plusSeconds(2),
            new WorkerEvent.Commanded(new Command.Discard(1, 1)),
            new WorkerEvent.Commanded(new Command.Repeat(1, 1, 1)));
    // Then
    assertThat(done).containsExactly(new WorkerAction.PrintAttemptEnded(id(1, 1)), write(part));
  }

  @Test
  void finishEndsItOnceAndForAll() {
    // Given
    armed();
    // When
    List<WorkerAction> done =
        after(T0, new WorkerEvent.Commanded(new Command.Finish()), armSignal(9, 9));
    // Then
    assertThat(done)
        .containsExactly(
            new WorkerAction.CutShort(arm(1, 1)),
            write(new AgentMessage.Stopped()),
            new WorkerAction.Exit());
  }
}

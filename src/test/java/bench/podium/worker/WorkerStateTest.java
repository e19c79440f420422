package bench.podium.worker;

import static bench.podium.worker.WorkerEvents.EARLY;
import static bench.podium.worker.WorkerEvents.T0;
import static bench.podium.worker.WorkerEvents.arm;
import static bench.podium.worker.WorkerEvents.armEvent;
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

  private List<WorkerAction> after(Instant now, WorkerEvent... events) {
    actions.clear();
    for (WorkerEvent signal : events) {
      WorkerState.Transition transition = state.on(signal, now);
      state = transition.state();
      actions.addAll(transition.actions());
    }
    return actions;
  }

  private void armed() {
    after(
        EARLY,
        armEvent(1, 1),
        new WorkerEvent.TargetAnswered(id(1, 1)),
        new WorkerEvent.EngineParked(id(1, 1)));
  }

  private static WorkerAction write(AgentMessage message) {
    return new WorkerAction.Print(message);
  }

  @Test
  void probesTheTargetThenStartsTheEngineThenReportsArmed() {
    // Given
    WorkerEvent[] events = {
      armEvent(1, 1),
      new WorkerEvent.TargetAnswered(id(1, 1)),
      new WorkerEvent.EngineParked(id(1, 1))
    };
    // When
    List<WorkerAction> done = after(EARLY, events);
    // Then
    assertThat(done)
        .containsExactly(
            new WorkerAction.Probe(arm(1, 1), Duration.ZERO),
            new WorkerAction.StartEngine(arm(1, 1)),
            write(new AgentMessage.Armed(1, 1)));
  }

  @Test
  void ignoresTheSameAndAnOlderAttempt() {
    // Given
    after(EARLY, armEvent(2, 2));
    // When
    List<WorkerAction> done = after(EARLY, armEvent(2, 2), armEvent(2, 1), armEvent(1, 9));
    // Then
    assertThat(done).isEmpty();
  }

  @Test
  void endsARunningAttemptForANewerOne() {
    // Given
    armed();
    // When
    List<WorkerAction> done = after(T0.minusSeconds(1), armEvent(1, 2));
    // Then
    assertThat(done)
        .containsExactly(
            new WorkerAction.CutShort(arm(1, 1)), new WorkerAction.Probe(arm(1, 2), Duration.ZERO));
  }

  @Test
  void ignoresEventsOfAnAbortedAttempt() {
    // Given
    armed();
    after(T0.minusSeconds(1), armEvent(1, 2));
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
  void reportsLateForACommandAfterT0() {
    // Given
    Instant tooLate = T0.minus(WorkerState.MIN_ARMING_LEAD);
    // When
    List<WorkerAction> done = after(tooLate, armEvent(1, 1));
    // Then
    assertThat(done).containsExactly(write(new AgentMessage.Late(1, 1)));
  }

  @Test
  void killsAnEngineThatIsNotReadyAtT0AndReportsLate() {
    // Given
    after(EARLY, armEvent(1, 1), new WorkerEvent.TargetAnswered(id(1, 1)));
    // When
    List<WorkerAction> done =
        after(T0, new WorkerEvent.Tick(), new WorkerEvent.EngineParked(id(1, 1)));
    // Then: it may still have reached T0, so the requests that it sent count
    assertThat(done)
        .containsExactly(new WorkerAction.CutShort(arm(1, 1)), write(new AgentMessage.Late(1, 1)));
  }

  @Test
  void reportsTheWaitingReasonWhenItChangesAndEverySecond() {
    // Given
    after(EARLY, armEvent(1, 1));
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
  void blamesTheTargetForARefusedEngineOnlyIfItsProbeFailsToo() {
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
  void killsAnEngineThatExceedsItsTimeAndReportsFailed() {
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
  void repeatsItsStateOnRequest() {
    // Given
    armed();
    AgentMessage ran = new AgentMessage.Ran(1, 1, 0, Optional.empty(), 1, 1, false);
    AgentMessage part = new AgentMessage.ResultPart(1, 1, 0, 1, "x");
    WorkerEvent ask = new WorkerEvent.Commanded(new Command.Repeat(1, 1, 1));
    // When
    List<WorkerAction> running = List.copyOf(after(T0, ask));
    after(T0.plusSeconds(1), new WorkerEvent.EngineDone(id(1, 1), List.of(ran, part)));
    List<WorkerAction> finished = List.copyOf(after(T0.plusSeconds(2), ask));
    List<WorkerAction> other =
        List.copyOf(after(T0, new WorkerEvent.Commanded(new Command.Repeat(1, 2, 1))));
    // Then
    assertThat(running).containsExactly(write(new AgentMessage.Armed(1, 1)));
    assertThat(finished).as("that it ran is not reported twice").containsExactly(write(part));
    assertThat(other).containsExactly(write(new AgentMessage.Unknown(1, 2)));
  }

  @Test
  void doesNotRepeatTheRequestsOfAnAttemptCutShort() {
    // Given
    armed();
    after(T0, armEvent(1, 2));
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
  void killsAnAbortedAttemptAndReportsItsEndOnEachRequest() {
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
  void neverStartsAnAttemptAbortedBeforeItsCommandArrived() {
    // Given
    after(EARLY, new WorkerEvent.Commanded(new Command.Abort(1, 1)));
    // When
    List<WorkerAction> late = List.copyOf(after(EARLY, armEvent(1, 1)));
    List<WorkerAction> next = List.copyOf(after(EARLY, armEvent(1, 2)));
    // Then
    assertThat(late).isEmpty();
    assertThat(next).containsExactly(new WorkerAction.Probe(arm(1, 2), Duration.ZERO));
  }

  @Test
  void keepsTheRunningAttemptWhenAnEarlierOneIsEnded() {
    // Given
    armed();
    after(EARLY, armEvent(1, 2), new WorkerEvent.TargetAnswered(id(1, 2)));
    after(EARLY, new WorkerEvent.EngineParked(id(1, 2)));
    // When
    List<WorkerAction> done = after(T0, new WorkerEvent.Commanded(new Command.Discard(1, 1)));
    // Then
    assertThat(done).containsExactly(new WorkerAction.PrintAttemptEnded(id(1, 1)));
    assertThat(state.current()).contains(new Attempt.Armed(arm(1, 2)));
  }

  @Test
  void endsAnEarlierRunningAttemptTogetherWithALaterOne() {
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
  void endsAnAttemptThatIsNotArmedYetWithoutAnEngine() {
    // Given
    after(EARLY, armEvent(1, 1));
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
  void keepsACompleteResultAfterADiscard() {
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
  void endsPermanentlyOnFinish() {
    // Given
    armed();
    // When
    List<WorkerAction> done =
        after(T0, new WorkerEvent.Commanded(new Command.Finish()), armEvent(9, 9));
    // Then
    assertThat(done)
        .containsExactly(
            new WorkerAction.CutShort(arm(1, 1)),
            write(new AgentMessage.Stopped()),
            new WorkerAction.Exit());
  }
}

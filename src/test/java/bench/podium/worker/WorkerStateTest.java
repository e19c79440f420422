package bench.podium.worker;

import static bench.podium.worker.Signals.EARLY;
import static bench.podium.worker.Signals.T0;
import static bench.podium.worker.Signals.arm;
import static bench.podium.worker.Signals.armSignal;
import static bench.podium.worker.Signals.id;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.wire.Command;
import bench.podium.wire.Fact;
import bench.podium.wire.Fact.Blame;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerStateTest {

  private WorkerState state = WorkerState.idle();
  private final List<Action> actions = new ArrayList<>();

  private List<Action> after(Instant now, Signal... signals) {
    actions.clear();
    for (Signal signal : signals) {
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
        new Signal.TargetAnswered(id(1, 1)),
        new Signal.EngineParked(id(1, 1)));
  }

  private static Action say(Fact fact) {
    return new Action.Say(fact);
  }

  @Test
  void it_asks_the_target_then_starts_the_engine_then_says_armed() {
    // Given
    Signal[] signals = {
      armSignal(1, 1), new Signal.TargetAnswered(id(1, 1)), new Signal.EngineParked(id(1, 1))
    };
    // When
    List<Action> done = after(EARLY, signals);
    // Then
    assertThat(done)
        .containsExactly(
            new Action.Probe(arm(1, 1), Duration.ZERO),
            new Action.StartEngine(arm(1, 1)),
            say(new Fact.Armed(1, 1)));
  }

  @Test
  void the_same_and_a_lower_attempt_are_ignored() {
    // Given
    after(EARLY, armSignal(2, 2));
    // When
    List<Action> done = after(EARLY, armSignal(2, 2), armSignal(2, 1), armSignal(1, 9));
    // Then
    assertThat(done).isEmpty();
  }

  @Test
  void a_higher_attempt_cuts_the_running_one_short() {
    // Given
    armed();
    // When
    List<Action> done = after(T0.minusSeconds(1), armSignal(1, 2));
    // Then
    assertThat(done)
        .containsExactly(
            new Action.CutShort(arm(1, 1)), new Action.Probe(arm(1, 2), Duration.ZERO));
  }

  @Test
  void signals_of_a_called_off_attempt_change_nothing() {
    // Given
    armed();
    after(T0.minusSeconds(1), armSignal(1, 2));
    // When
    List<Action> done =
        after(
            T0.minusSeconds(1),
            new Signal.TargetAnswered(id(1, 1)),
            new Signal.EngineParked(id(1, 1)),
            new Signal.EngineDone(id(1, 1), List.of()),
            new Signal.EngineBroken(id(1, 1), "x"));
    // Then
    assertThat(done).isEmpty();
  }

  @Test
  void a_command_after_t0_is_late_and_starts_nothing() {
    // Given
    Instant tooLate = T0.minus(WorkerState.LATEST);
    // When
    List<Action> done = after(tooLate, armSignal(1, 1));
    // Then
    assertThat(done).containsExactly(say(new Fact.Late(1, 1)));
  }

  @Test
  void an_engine_that_is_not_parked_at_t0_is_killed_and_late() {
    // Given
    after(EARLY, armSignal(1, 1), new Signal.TargetAnswered(id(1, 1)));
    // When
    List<Action> done = after(T0, new Signal.Tick(), new Signal.EngineParked(id(1, 1)));
    // Then: it may have passed T0 all the same, so that what it sent counts
    assertThat(done).containsExactly(new Action.CutShort(arm(1, 1)), say(new Fact.Late(1, 1)));
  }

  @Test
  void why_it_waits_is_said_when_it_changes_and_each_second() {
    // Given
    after(EARLY, armSignal(1, 1));
    Action again = new Action.Probe(arm(1, 1), WorkerState.PROBE_PAUSE);
    Action refused = say(new Fact.Waiting(1, 1, Blame.TARGET, "refused"));
    Signal silent = new Signal.TargetSilent(id(1, 1), "refused");
    // When
    List<Action> first = List.copyOf(after(EARLY, silent));
    List<Action> soon = List.copyOf(after(EARLY.plusMillis(900), silent));
    List<Action> later = List.copyOf(after(EARLY.plusMillis(1000), silent));
    List<Action> other =
        List.copyOf(after(EARLY.plusMillis(1001), new Signal.TargetSilent(id(1, 1), "slow")));
    // Then
    assertThat(first).containsExactly(refused, again);
    assertThat(soon).containsExactly(again);
    assertThat(later).containsExactly(refused, again);
    assertThat(other).containsExactly(say(new Fact.Waiting(1, 1, Blame.TARGET, "slow")), again);
  }

  @Test
  void a_refused_engine_is_the_targets_fault_only_if_the_target_refuses_too() {
    // Given
    armed();
    after(EARLY, new Signal.EngineRefused(id(1, 1), "cannot connect"));
    WorkerState refused = state;
    // When
    List<Action> answered = List.copyOf(after(EARLY, new Signal.TargetAnswered(id(1, 1))));
    state = refused;
    List<Action> silent = List.copyOf(after(EARLY, new Signal.TargetSilent(id(1, 1), "gone")));
    // Then
    assertThat(answered).contains(say(new Fact.Failed(1, 1, Blame.WORKER, "cannot connect")));
    assertThat(silent)
        .contains(say(new Fact.Failed(1, 1, Blame.TARGET, "cannot connect; readiness: gone")));
  }

  @Test
  void an_engine_beyond_its_time_is_killed_and_failed() {
    // Given: T0 + 1 s + duration 1 s + timeout 2 s + 5 s
    armed();
    Instant bound = T0.plusSeconds(9);
    // When
    List<Action> within = List.copyOf(after(bound, new Signal.Tick()));
    List<Action> beyond = List.copyOf(after(bound.plusMillis(1), new Signal.Tick()));
    // Then
    assertThat(within).isEmpty();
    assertThat(beyond)
        .containsExactly(
            new Action.CutShort(arm(1, 1)),
            say(new Fact.Failed(1, 1, Blame.WORKER, "the engine did not end in time")));
  }

  @Test
  void what_is_known_is_repeated() {
    // Given
    armed();
    Fact ran = new Fact.Ran(1, 1, 0, Optional.empty(), 1, 1, false);
    Fact part = new Fact.ResultPart(1, 1, 0, 1, "x");
    Signal ask = new Signal.Commanded(new Command.Repeat(1, 1, 1));
    // When
    List<Action> running = List.copyOf(after(T0, ask));
    after(T0.plusSeconds(1), new Signal.EngineDone(id(1, 1), List.of(ran, part)));
    List<Action> over = List.copyOf(after(T0.plusSeconds(2), ask));
    List<Action> other = List.copyOf(after(T0, new Signal.Commanded(new Command.Repeat(1, 2, 1))));
    // Then
    assertThat(running).containsExactly(say(new Fact.Armed(1, 1)));
    assertThat(over).as("that it ran is not said twice").containsExactly(say(part));
    assertThat(other).containsExactly(say(new Fact.Unknown(1, 2)));
  }

  @Test
  void what_was_cut_short_is_not_repeated() {
    // Given
    armed();
    after(T0, armSignal(1, 2));
    // When
    List<Action> done =
        after(
            T0,
            new Signal.Commanded(new Command.Repeat(1, 1, 1)),
            new Signal.EngineDone(id(1, 1), List.of(new Fact.Armed(1, 1))));
    // Then
    assertThat(done).containsExactly(say(new Fact.Unknown(1, 1)));
  }

  @Test
  void an_aborted_attempt_is_killed_and_its_end_said_as_often_as_it_is_asked_for() {
    // Given
    armed();
    Signal abort = new Signal.Commanded(new Command.Abort(1, 1));
    // When
    List<Action> first = List.copyOf(after(T0.minusMillis(200), abort));
    List<Action> again = List.copyOf(after(T0.plusSeconds(1), abort));
    List<Action> asked = List.copyOf(after(T0, new Signal.Commanded(new Command.Repeat(1, 1, 1))));
    // Then
    assertThat(first)
        .containsExactly(new Action.CutShort(arm(1, 1)), new Action.SayEnded(id(1, 1)));
    assertThat(again).containsExactly(new Action.SayEnded(id(1, 1)));
    assertThat(asked).containsExactly(new Action.SayEnded(id(1, 1)));
  }

  @Test
  void an_attempt_that_was_aborted_before_its_command_came_never_starts() {
    // Given
    after(EARLY, new Signal.Commanded(new Command.Abort(1, 1)));
    // When
    List<Action> late = List.copyOf(after(EARLY, armSignal(1, 1)));
    List<Action> next = List.copyOf(after(EARLY, armSignal(1, 2)));
    // Then
    assertThat(late).isEmpty();
    assertThat(next).containsExactly(new Action.Probe(arm(1, 2), Duration.ZERO));
  }

  @Test
  void the_end_of_an_earlier_attempt_does_not_touch_the_one_under_way() {
    // Given
    armed();
    after(EARLY, armSignal(1, 2), new Signal.TargetAnswered(id(1, 2)));
    after(EARLY, new Signal.EngineParked(id(1, 2)));
    // When
    List<Action> done = after(T0, new Signal.Commanded(new Command.Discard(1, 1)));
    // Then
    assertThat(done).containsExactly(new Action.SayEnded(id(1, 1)));
    assertThat(state.current()).contains(new Attempt.Armed(arm(1, 2)));
  }

  @Test
  void an_attempt_that_is_to_end_while_an_earlier_one_runs_ends_both() {
    // Given
    armed();
    // When
    List<Action> done = after(T0, new Signal.Commanded(new Command.Discard(2, 1)));
    // Then
    assertThat(done).containsExactly(new Action.CutShort(arm(1, 1)), new Action.SayEnded(id(2, 1)));
  }

  @Test
  void an_attempt_that_is_not_armed_yet_ends_without_an_engine() {
    // Given
    after(EARLY, armSignal(1, 1));
    // When
    List<Action> done =
        after(
            EARLY,
            new Signal.Commanded(new Command.Abort(1, 1)),
            new Signal.TargetAnswered(id(1, 1)));
    // Then
    assertThat(done).containsExactly(new Action.SayEnded(id(1, 1)));
  }

  @Test
  void a_result_that_is_complete_outlives_a_discard() {
    // Given
    armed();
    Fact part = new Fact.ResultPart(1, 1, 0, 1, "x");
    after(T0.plusSeconds(1), new Signal.EngineDone(id(1, 1), List.of(part)));
    // When
    List<Action> done =
        after(
            T0.plusSeconds(2),
            new Signal.Commanded(new Command.Discard(1, 1)),
            new Signal.Commanded(new Command.Repeat(1, 1, 1)));
    // Then
    assertThat(done).containsExactly(new Action.SayEnded(id(1, 1)), say(part));
  }

  @Test
  void finish_ends_it_once_and_for_all() {
    // Given
    armed();
    // When
    List<Action> done = after(T0, new Signal.Commanded(new Command.Finish()), armSignal(9, 9));
    // Then
    assertThat(done)
        .containsExactly(new Action.CutShort(arm(1, 1)), say(new Fact.Bye()), new Action.Exit());
  }
}

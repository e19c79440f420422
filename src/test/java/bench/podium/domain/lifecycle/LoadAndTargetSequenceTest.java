package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.Seen.NOW;
import static bench.podium.domain.lifecycle.Seen.ready;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.Row;
import bench.podium.domain.judge.RowReason;
import bench.podium.domain.lifecycle.WorkerObservation.State;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadAndTargetSequenceTest {

  private static final Progress ADMITTED = Progress.atAdmission(NOW);
  private static final LoadObservation STARTING =
      Seen.load(
          Seen.worker(
              0, new State.Starting(Optional.empty()), WorkerTalk.silent(), Optional.empty()));

  @Test
  void createsLoadAndTargetTogether() {
    // Given
    Observation nothing = Seen.of(new LoadObservation.Absent());

    // When
    List<Decision> decisions = Seen.decide(ADMITTED, nothing);

    // Then
    assertThat(decisions)
        .startsWith(
            new Decision.RemoveOldLoads(1),
            new Decision.DeployLoad(1),
            new Decision.DeployTarget("gin"));
  }

  @Test
  void createsTheTargetWhileTheLoadPodsStart() {
    // Given
    Observation seen = Seen.of(STARTING);

    // When
    List<Decision> decisions = Seen.decide(ADMITTED, seen);

    // Then
    assertThat(decisions).first().isEqualTo(new Decision.DeployTarget("gin"));
    assertThat(decisions).hasSize(2);
  }

  @Test
  void doesNotCreateATargetBeforeTheOneBeforeIsGone() {
    // Given
    Row failed =
        Row.notMeasured(
            PlanFixture.plan().steps().getFirst(), RowReason.TARGET_NOT_READY, "not ready");
    Row alsoFailed =
        Row.notMeasured(PlanFixture.plan().steps().get(1), RowReason.TARGET_NOT_READY, "not ready");
    Progress chi = ADMITTED.advanceTo(2, Optional.empty(), NOW, 1);
    Observation seen =
        Seen.withRows(
            List.of(failed, alsoFailed),
            new LoadObservation.Absent(),
            Seen.target("gin", new TargetObservation.State.Leaving(NOW.plusSeconds(30))));

    // When
    List<Decision> decisions = Seen.decide(chi, seen);

    // Then
    assertThat(decisions).noneMatch(Decision.DeployTarget.class::isInstance);
  }

  @Test
  void goesOnWhenATargetsPodIsOverdue() {
    // Given
    Observation seen =
        Seen.of(
            new LoadObservation.Absent(),
            Seen.target("chi", new TargetObservation.State.Leaving(NOW)));

    // When
    List<Decision> decisions = Seen.decide(ADMITTED, seen);

    // Then
    assertThat(decisions).contains(new Decision.DeployTarget("gin"));
  }

  @Test
  void makesATargetAgainWhosePodsNeverGo() {
    // Given
    Observation seen =
        Seen.of(
            new LoadObservation.Absent(),
            Seen.target("gin", new TargetObservation.State.Leaving(NOW)));

    // When
    List<Decision> decisions = Seen.decide(ADMITTED, seen);

    // Then
    assertThat(decisions).contains(new Decision.DeployTarget("gin"));
  }

  @Test
  void reopensATargetThatItsServiceDoesNotLeadTo() {
    // Given
    Observation seen =
        Seen.of(
            Seen.load(new StepAttempt(0, 0), new Says.Nothing(), new Says.Nothing()),
            Seen.target("gin", new TargetObservation.State.CutOff()));

    // When
    List<Decision> decisions = Seen.decide(ADMITTED, seen);

    // Then
    assertThat(decisions).startsWith(new Decision.ReopenTarget("gin")).hasSize(2);
  }

  @Test
  void leavesTheServiceAloneWhileAnAttemptIsUnderWay() {
    // Given
    Progress intended = ADMITTED.intend(NOW.minusSeconds(1), NOW.plusSeconds(1));
    Observation seen =
        Seen.of(
            Seen.load(new StepAttempt(0, 1), new Says.Armed(), new Says.Armed()),
            Seen.target("gin", new TargetObservation.State.CutOff()));

    // When
    List<Decision> decisions = Seen.decide(intended, seen);

    // Then
    assertThat(decisions).doesNotContain(new Decision.ReopenTarget("gin"));
  }

  @Test
  void givesATargetThatWasReadyBeforeItsTimeAgain() {
    // Given
    Observation seen =
        Seen.of(
            Seen.load(new StepAttempt(0, 0), new Says.Nothing(), new Says.Nothing()),
            Seen.target(
                "gin",
                new TargetObservation.State.Starting(NOW.minusSeconds(119), Optional.empty())));

    // When
    List<Decision> decisions = Seen.decide(ADMITTED, seen);

    // Then
    assertThat(decisions).singleElement().isInstanceOf(Decision.Await.class);
  }

  @Test
  void loadPodsThatWereLostBeforeMaySayWhyForAMomentBeyondTheirTime() {
    // Given: the first was lost 121 s ago, and the next one starts
    Progress lost =
        Progress.atAdmission(PlanFixture.START)
            .replaceLoadBeforeStart(PlanFixture.plan(), NOW.minusSeconds(121), "lost");

    // When
    List<Decision> decisions = Seen.decide(lost, Seen.of(STARTING, ready("gin")));

    // Then
    assertThat(decisions).singleElement().isInstanceOf(Decision.Await.class);
  }

  @Test
  void aReasonOutOfManyIsTheOneThatIsNotTheJobsOwnDoing() {
    // Given: with its first pod a Job deletes the others
    Trouble deleted = new Trouble(Trouble.Kind.NOT_ARMED, "pod load-0 was deleted");
    Trouble killed = new Trouble(Trouble.Kind.OOM_KILLED, "pod load-1 was killed");
    LoadObservation.Present load =
        (LoadObservation.Present) Seen.load(lost(0, deleted), lost(1, killed));

    // When
    Optional<Trouble> why = load.lost();

    // Then
    assertThat(why).contains(killed);
  }

  private static WorkerObservation lost(int index, Trouble trouble) {
    return Seen.worker(
        index, new State.Lost(trouble, false), WorkerTalk.silent(), Optional.empty());
  }

  @Test
  void missesALoadPodThatIsNotListedAnyMoreOnceAllHadArmed() {
    // Given
    Instant t0 = NOW.minusSeconds(5);
    Observation seen = Seen.of(Seen.load(new StepAttempt(0, 1), new Says.Armed()), ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(Seen.intended(t0), seen);

    // Then
    assertThat(decisions).singleElement().isInstanceOf(Decision.VoidAttempt.class);
  }

  @Test
  void awaitsLoadPodsAfreshWhenATargetHasFailed() {
    // Given
    Progress before = Progress.atAdmission(PlanFixture.START);

    // When
    Progress after = before.advanceTo(2, Optional.empty(), NOW, 1);

    // Then
    assertThat(after.load().awaitedSince()).contains(NOW);
  }

  @Test
  void aTargetThatWasNotMeasuredNeedsNoCoolDown() {
    // Given
    Progress before = Seen.intended(NOW.plusSeconds(2));

    // When
    Progress after = before.advanceTo(2, Optional.empty(), NOW, 1);

    // Then
    assertThat(after.notBefore()).isEmpty();
  }

  @Test
  void neverWaitsBeyondTheDeadline() {
    // Given
    Progress progress = Seen.intended(NOW.plus(Duration.ofHours(2)));
    Observation seen =
        Seen.of(Seen.load(new StepAttempt(0, 1), new Says.Armed(), new Says.Armed()), ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(progress, seen);

    // Then
    assertThat(((Decision.Await) decisions.getFirst()).atMost()).isEqualTo(Duration.ofMinutes(59));
  }
}

package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.Seen.NOW;
import static bench.podium.domain.lifecycle.Seen.only;
import static bench.podium.domain.lifecycle.Seen.ready;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.judge.RowReason;
import bench.podium.domain.lifecycle.WorkerObservation.State;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import bench.podium.domain.measure.TargetSamples;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a quota, a rule, a name or a user id stands in the way of. */
class RefusedStartTest {

  private static final Progress ADMITTED = Progress.atAdmission(NOW);
  private static final Trouble TAKEN =
      new Trouble(
          Trouble.Kind.NAME_TAKEN, "Job shop-load-g1 exists and does not belong to this run");
  private static final LoadObservation STARTING =
      Seen.load(
          Seen.worker(
              0, new State.Starting(Optional.empty()), WorkerTalk.silent(), Optional.empty()));

  @Test
  void namesWhatRefusesATarget() {
    // Given
    Trouble quota = new Trouble(Trouble.Kind.FORBIDDEN, "exceeded quota");
    Observation seen =
        Seen.of(
            Seen.load(new StepAttempt(0, 0), new Says.Nothing(), new Says.Nothing()),
            Seen.target("gin", new TargetObservation.State.Refused(quota, NOW.minusSeconds(120))));

    // When
    List<Decision> decisions = Seen.decide(ADMITTED, seen);

    // Then
    assertThat(decisions.getFirst()).isEqualTo(new Decision.RemoveTarget("gin"));
    assertThat(((Decision.EndTarget) decisions.getLast()).rows())
        .allSatisfy(
            row -> {
              assertThat(row.reason()).isEqualTo(RowReason.FORBIDDEN);
              assertThat(row.message()).endsWith(": exceeded quota").contains("raise the quota");
            })
        .hasSize(2);
  }

  @Test
  void aTargetOfWhichAFieldIsNotTakenIsGivenUpSoonAndNoQuotaIsBlamed() {
    // Given
    Trouble invalid = new Trouble(Trouble.Kind.INVALID, "spec.template.annotations: bad");
    Observation seen =
        Seen.of(
            STARTING,
            Seen.target("gin", new TargetObservation.State.Refused(invalid, NOW.minusSeconds(5))));

    // When
    List<Decision> decisions = Seen.decide(ADMITTED, seen);

    // Then
    assertThat(((Decision.EndTarget) decisions.getLast()).rows())
        .allSatisfy(
            row -> {
              assertThat(row.reason()).isEqualTo(RowReason.FORBIDDEN);
              assertThat(row.message())
                  .isEqualTo(
                      "correct in deploy of the target what Kubernetes names, in another run:"
                          + " spec.template.annotations: bad");
            })
        .hasSize(2);
  }

  @Test
  void loadPodsOfWhichAFieldIsNotTakenEndTheRunSoonAndNoQuotaIsBlamed() {
    // Given
    Trouble invalid = new Trouble(Trouble.Kind.INVALID, "spec.template.annotations: bad");
    Observation seen =
        Seen.of(new LoadObservation.Refused(invalid, NOW.minusSeconds(5)), ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(ADMITTED, seen);

    // Then
    assertThat(only(decisions, Decision.FinishRun.class).message())
        .isEqualTo(
            "the load pods cannot be made; correct in load.template what Kubernetes names, in another"
                + " run: spec.template.annotations: bad");
  }

  @Test
  void aTargetWhosePodIsForbiddenIsGivenUpSoonWithWhatToDo() {
    // Given
    Trouble quota = new Trouble(Trouble.Kind.FORBIDDEN, "exceeded quota");
    Observation seen =
        Seen.of(
            STARTING,
            Seen.target(
                "gin",
                new TargetObservation.State.Starting(NOW.minusSeconds(5), Optional.of(quota))));

    // When
    List<Decision> decisions = Seen.decide(ADMITTED, seen);

    // Then
    assertThat(((Decision.EndTarget) decisions.getLast()).rows())
        .allSatisfy(
            row ->
                assertThat(row.message()).contains("raise the quota").endsWith(": exceeded quota"))
        .hasSize(2);
  }

  @Test
  void aTargetThatCouldSpeakAsItsObserverIsGivenUpAtOnce() {
    // Given
    ObserverTalk talk =
        new ObserverTalk(TargetSamples.none(), Optional.empty(), Optional.of("target"), false);
    Observation seen =
        Seen.of(
            STARTING, Seen.observed("gin", new ObserverObservation("pod", talk, Optional.empty())));

    // When
    List<Decision> decisions = Seen.decide(ADMITTED, seen);

    // Then
    assertThat(((Decision.EndTarget) decisions.getLast()).rows())
        .allSatisfy(
            row -> {
              assertThat(row.reason()).isEqualTo(RowReason.FORBIDDEN);
              assertThat(row.message())
                  .startsWith("give the target's image")
                  .endsWith("target runs as the user that is the observer's alone");
            })
        .hasSize(2);
  }

  @Test
  void loadPodsThatAreForbiddenEndTheRunSoonWithWhatToDo() {
    // Given
    Observation seen = Seen.of(forbidden(NOW.minusSeconds(5)), ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(ADMITTED, seen);

    // Then
    Decision.FinishRun end = only(decisions, Decision.FinishRun.class);
    assertThat(end.reason()).isEqualTo(FinishReason.WORKERS_FAILED);
    assertThat(end.message()).contains("raise the quota").endsWith(": exceeded quota");
  }

  @Test
  void loadPodsThatAreForbiddenForAMomentAreWaitedFor() {
    // Given: pods of an earlier generation may hold the quota until they are gone
    Observation seen = Seen.of(forbidden(NOW.minusSeconds(4)), ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(ADMITTED, seen);

    // Then
    assertThat(decisions).singleElement().isInstanceOf(Decision.Await.class);
  }

  @Test
  void aLoadJobThatIsRefusedEndsTheRunSoonWithWhatToDo() {
    // Given
    Trouble quota = new Trouble(Trouble.Kind.FORBIDDEN, "exceeded quota");
    Observation seen =
        Seen.of(new LoadObservation.Refused(quota, NOW.minusSeconds(5)), ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(ADMITTED, seen);

    // Then
    Decision.FinishRun end = only(decisions, Decision.FinishRun.class);
    assertThat(end.reason()).isEqualTo(FinishReason.WORKERS_FAILED);
    assertThat(end.message()).contains("raise the quota").endsWith(": exceeded quota");
  }

  @Test
  void aNameThatIsTakenMayBecomeFreeAndIsTriedAgain() {
    // Given: what an earlier run of this name has made goes a while after it
    Observation seen =
        Seen.of(new LoadObservation.Refused(TAKEN, NOW.minusSeconds(60)), ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(ADMITTED, seen);

    // Then
    assertThat(decisions).contains(new Decision.DeployLoad(1));
  }

  @Test
  void aNameThatStaysTakenEndsTheRunAtTheBoundWithWhatToDo() {
    // Given
    Progress early = Progress.atAdmission(NOW.minusSeconds(120));
    Observation seen =
        Seen.of(new LoadObservation.Refused(TAKEN, NOW.minusSeconds(120)), ready("gin"));

    // When
    List<Decision> decisions = Seen.decide(early, seen);

    // Then
    assertThat(only(decisions, Decision.FinishRun.class).message())
        .contains("delete that object, or give the run another name: Job shop-load-g1 exists");
  }

  private static LoadObservation forbidden(Instant since) {
    return new LoadObservation.Present(
        false,
        List.of(),
        Optional.empty(),
        Optional.of(
            new LoadObservation.Forbidden(
                new Trouble(Trouble.Kind.FORBIDDEN, "exceeded quota"), since)));
  }
}

package bench.podium.domain.judge;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.measure.BusyConnections;
import bench.podium.domain.measure.ClockReading;
import bench.podium.domain.measure.ErrorCounts;
import bench.podium.domain.measure.Law;
import bench.podium.domain.measure.MeasurementFixture;
import bench.podium.domain.measure.WorkerMeasurement;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Slo;
import bench.podium.domain.plan.Slo.LatencyFigure;
import bench.podium.domain.plan.Workload;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepAssessmentTest {

  private static final List<WorkerMeasurement> SOUND =
      List.of(MeasurementFixture.sound(0), MeasurementFixture.sound(1));

  @Test
  void passesWhereLawsAndSlosHold() {
    // Given
    RunPlan plan = with(new Slo.Latency(LatencyFigure.P99, 2_000));

    // When
    Row row = row(plan, SOUND);

    // Then
    assertThat(row.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(row.figures().orElseThrow().requests()).isEqualTo(200);
    assertThat(row.warnings()).containsExactly("SingleRun");
    assertThat(row.attempts()).isEqualTo(2);
    assertThat(row.message()).isEmpty();
  }

  @Test
  void failsWhereAnSloIsMissedAndSaysByHowMuch() {
    // Given
    RunPlan plan = with(new Slo.Latency(LatencyFigure.P99, 900));

    // When
    Row row = row(plan, SOUND);

    // Then
    assertThat(row.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(row.warnings()).containsExactly("SLOMissed", "SingleRun");
    assertThat(row.message()).isEqualTo("LatencyP99 1000 us is more than 900 us");
  }

  @Test
  void cannotBeTrustedWhereClocksAreNotSynchronised() {
    // Given
    WorkerMeasurement drifting = MeasurementFixture.sound(1);
    List<WorkerMeasurement> workers =
        List.of(MeasurementFixture.sound(0), unsynchronised(drifting));

    // When
    Row row = row(with(new Slo.Latency(LatencyFigure.P99, 900)), workers);

    // Then
    assertThat(row.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(row.brokenLaws())
        .extracting(broken -> broken.law())
        .containsExactly(Law.CLOCK_NOT_SYNCHRONISED);
  }

  @Test
  void cannotBeTrustedWhereConnectionsWaitedForSomethingElseAndShowsHowMuch() {
    // Given: 25 replies of 1 ms a connection in 1 s; 850 x (1 - 252 ms / 1 s)
    List<WorkerMeasurement> workers =
        List.of(MeasurementFixture.idle(0), MeasurementFixture.idle(1));

    // When
    Row row = row(PlanFixture.plan(), workers);

    // Then
    assertThat(row.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(row.brokenLaws())
        .extracting(broken -> broken.law())
        .containsExactly(Law.GENERATOR_WAIT);
    assertThat(row.figures().orElseThrow().busyConnections())
        .contains(new BusyConnections(25, 636));
  }

  @Test
  void aLoadThatDoesNotKeepItsConnectionsHasNoShareOfTheirTime() {
    // Given
    RunPlan plan = withoutKeepAlive();

    // When
    Row row = row(plan, List.of(MeasurementFixture.idle(0), MeasurementFixture.idle(1)));

    // Then
    assertThat(row.brokenLaws()).isEmpty();
    assertThat(row.figures().orElseThrow().busyConnections()).isEmpty();
  }

  @Test
  void warnsThatLoadAndTargetShareCores() {
    // Given
    RunPlan plan = PlanFixture.plan();
    var circumstances =
        new StepAssessment.Circumstances(1, 0, 0, true, ObservedTarget.unobserved());

    // When
    StepAssessment assessment =
        StepAssessment.assess(
            plan,
            plan.steps().getFirst(),
            List.of(MeasurementFixture.sound(0), MeasurementFixture.sound(1)),
            circumstances);

    // Then
    assertThat(((StepAssessment.Valid) assessment).row().warnings())
        .containsExactly("SharedCores", "SingleRun");
  }

  @Test
  void isVoidWhereAWorkersResultIsMissing() {
    // Given
    List<WorkerMeasurement> half = List.of(MeasurementFixture.sound(0));

    // When
    StepAssessment assessment = assess(PlanFixture.plan(), half);

    // Then
    assertThat(assessment)
        .isInstanceOfSatisfying(
            StepAssessment.Voided.class,
            voided -> assertThat(voided.law().law()).isEqualTo(Law.WORKER_MISSING));
  }

  @Test
  void isVoidWhereTheWorkersDidNotStartTogether() {
    // Given
    List<WorkerMeasurement> apart =
        List.of(MeasurementFixture.sound(0), MeasurementFixture.startedAfter(1, 50_001, "boot-a"));

    // When
    StepAssessment assessment = assess(PlanFixture.plan(), apart);

    // Then
    assertThat(assessment)
        .isInstanceOfSatisfying(
            StepAssessment.Voided.class,
            voided -> assertThat(voided.law().law()).isEqualTo(Law.START_SKEW));
  }

  @Test
  void errorsAloneAreAResultAndNoCrash() {
    // Given
    List<WorkerMeasurement> hung = List.of(MeasurementFixture.hung(0), MeasurementFixture.hung(1));

    // When
    Row row = row(with(new Slo.ErrorRatio(1_000)), hung);

    // Then
    assertThat(row.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(row.figures().orElseThrow().latency()).isEmpty();
    assertThat(row.figures().orElseThrow().errors()).isEqualTo(new ErrorCounts(0, 0, 0, 8, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | 2 | why: 3 restarts, 2 out of memory",
        "1 | 1 | why: 1 restart, 1 out of memory",
        "1 | 0 | why: 1 restart",
        "0 | 0 | why",
      })
  void aRowOfATargetThatRestartsIsInconclusiveAndHasNoFigures(
      int restarts, int oomKills, String message) {
    // Given
    var step = PlanFixture.plan().steps().getFirst();

    // When
    Row row = StepAssessment.restarted(step, "why", restarts, oomKills);

    // Then
    assertThat(row.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(row.measured()).isFalse();
    assertThat(row.message()).isEqualTo(message);
  }

  @Property(tries = 100)
  void aRunIsAsGoodAsItsWorstRow(@ForAll Set<Verdict> verdicts) {
    // Given
    Collection<Verdict> rows = verdicts;

    // When
    Verdict worst = Verdict.worst(rows);

    // Then
    assertThat(rows).allSatisfy(verdict -> assertThat(verdict).isLessThanOrEqualTo(worst));
    assertThat(rows.isEmpty() || rows.contains(worst)).isTrue();
    assertThat(Verdict.worst(List.of())).isEqualTo(Verdict.ERROR);
  }

  private static Row row(RunPlan plan, List<WorkerMeasurement> workers) {
    return ((StepAssessment.Valid) assess(plan, workers)).row();
  }

  private static StepAssessment assess(RunPlan plan, List<WorkerMeasurement> workers) {
    return StepAssessment.assess(
        plan,
        plan.steps().getFirst(),
        workers,
        new StepAssessment.Circumstances(2, 0, 0, false, ObservedTarget.unobserved()));
  }

  private static RunPlan with(Slo slo) {
    return with(PlanFixture.plan().workload(), List.of(slo));
  }

  private static RunPlan withoutKeepAlive() {
    Workload kept = PlanFixture.plan().workload();
    return with(new Workload(kept.requests(), kept.seed(), false, kept.headers()), List.of());
  }

  private static RunPlan with(Workload workload, List<Slo> slos) {
    RunPlan plan = PlanFixture.plan();
    return new RunPlan(
        plan.run(),
        plan.targets(),
        workload,
        plan.load(),
        plan.steps(),
        slos,
        plan.limits(),
        plan.environment(),
        plan.planned(),
        plan.deadline());
  }

  private static WorkerMeasurement unsynchronised(WorkerMeasurement sound) {
    return new WorkerMeasurement(
        sound.worker(),
        sound.offered(),
        sound.requests(),
        sound.sent(),
        sound.bytes(),
        sound.duration(),
        sound.errors(),
        sound.hung(),
        sound.firstRequest(),
        sound.measured(),
        sound.corrected(),
        sound.negativeBuckets(),
        sound.series(),
        sound.cpu(),
        new ClockReading("boot-b", false, 500));
  }
}

package bench.podium.domain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.measurement.ClockReading;
import bench.podium.domain.measurement.ConnectionStalls;
import bench.podium.domain.measurement.ConnectionUtilization;
import bench.podium.domain.measurement.ConsistencyCheck;
import bench.podium.domain.measurement.ErrorCounts;
import bench.podium.domain.measurement.LatencyHistogram;
import bench.podium.domain.measurement.MeasurementFixture;
import bench.podium.domain.measurement.OfferedLoad;
import bench.podium.domain.measurement.WorkerMeasurement;
import bench.podium.domain.measurement.WorkerMeasurementBuilder;
import bench.podium.domain.plan.LoadModel;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.RunPlanBuilder;
import bench.podium.domain.plan.Slo;
import bench.podium.domain.plan.Slo.LatencyFigure;
import bench.podium.domain.plan.Stage;
import bench.podium.domain.plan.Step;
import bench.podium.domain.plan.Workload;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  void passesWhereNoCheckIsViolatedAndEverySloIsMet() {
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
  void failsWhereAnSloIsMissedAndNamesTheFigure() {
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
  void isInconclusiveWhereClocksAreNotSynchronised() {
    // Given
    WorkerMeasurement drifting = MeasurementFixture.sound(1);
    List<WorkerMeasurement> workers =
        List.of(MeasurementFixture.sound(0), unsynchronised(drifting));

    // When
    Row row = row(with(new Slo.Latency(LatencyFigure.P99, 900)), workers);

    // Then
    assertThat(row.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(row.violations())
        .extracting(violation -> violation.check())
        .containsExactly(ConsistencyCheck.CLOCK_NOT_SYNCHRONISED);
  }

  @Test
  void isInconclusiveWhereConnectionsDidNotWaitForReplies() {
    // Given: 25 replies of 1 ms a connection in 1 s; 850 x (1 - 252 ms / 1 s)
    List<WorkerMeasurement> workers =
        List.of(MeasurementFixture.idle(0), MeasurementFixture.idle(1));

    // When
    Row row = row(PlanFixture.plan(), workers);

    // Then
    assertThat(row.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(row.violations())
        .extracting(violation -> violation.check())
        .containsExactly(ConsistencyCheck.GENERATOR_SATURATED);
    assertThat(row.figures().orElseThrow().connectionUtilization())
        .contains(new ConnectionUtilization(25, 636));
  }

  @Test
  void omitsConnectionUtilizationWithoutKeepAlive() {
    // Given
    RunPlan plan = withoutKeepAlive();

    // When
    Row row = row(plan, List.of(MeasurementFixture.idle(0), MeasurementFixture.idle(1)));

    // Then
    assertThat(row.violations()).isEmpty();
    assertThat(row.figures().orElseThrow().connectionUtilization()).isEmpty();
  }

  @Test
  void warnsWhenWorkersAndTargetShareCores() {
    // Given
    RunPlan plan = PlanFixture.plan();
    var context =
        new StepAssessment.AttemptContext(1, 0, 0, true, TargetContext.withoutCollector());

    // When
    StepAssessment assessment =
        StepAssessment.assess(
            plan,
            plan.steps().getFirst(),
            List.of(MeasurementFixture.sound(0), MeasurementFixture.sound(1)),
            context);

    // Then
    assertThat(((StepAssessment.Valid) assessment).row().warnings())
        .containsExactly("SharedCores", "SingleRun");
  }

  @Test
  void discardsTheAttemptWhereAWorkersResultIsMissing() {
    // Given
    List<WorkerMeasurement> half = List.of(MeasurementFixture.sound(0));

    // When
    StepAssessment assessment = assess(PlanFixture.plan(), half);

    // Then
    assertThat(assessment)
        .isInstanceOfSatisfying(
            StepAssessment.Discarded.class,
            discarded ->
                assertThat(discarded.violation().check())
                    .isEqualTo(ConsistencyCheck.WORKER_MISSING));
  }

  @Test
  void discardsTheAttemptWhereTheWorkersDidNotStartTogether() {
    // Given
    List<WorkerMeasurement> apart =
        List.of(MeasurementFixture.sound(0), MeasurementFixture.startedAfter(1, 50_001, "boot-a"));

    // When
    StepAssessment assessment = assess(PlanFixture.plan(), apart);

    // Then
    assertThat(assessment)
        .isInstanceOfSatisfying(
            StepAssessment.Discarded.class,
            discarded ->
                assertThat(discarded.violation().check()).isEqualTo(ConsistencyCheck.START_SKEW));
  }

  @Test
  void recordsAStepThatHasOnlyErrors() {
    // Given
    List<WorkerMeasurement> unanswered =
        List.of(MeasurementFixture.unanswered(0), MeasurementFixture.unanswered(1));

    // When
    Row row = row(with(new Slo.ErrorRatio(1_000)), unanswered);

    // Then
    assertThat(row.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(row.figures().orElseThrow().replies()).isEmpty();
    assertThat(row.figures().orElseThrow().latency().orElseThrow().atLeast())
        .containsExactlyInAnyOrder(LatencyFigure.values());
    assertThat(row.message()).startsWith("no good reply: 0 of 0 replies");
    assertThat(row.figures().orElseThrow().errors()).isEqualTo(new ErrorCounts(0, 0, 0, 8, 0));
  }

  @Test
  void neverPassesWithoutAGoodReplyEvenIfEverySloIsMet() {
    // Given: replies in time, all of them with a status above 399
    List<WorkerMeasurement> refusing =
        List.of(
            MeasurementFixture.failing(0, new ErrorCounts(0, 0, 0, 0, 100)),
            MeasurementFixture.failing(1, new ErrorCounts(0, 0, 0, 0, 100)));

    // When
    Row row = row(with(new Slo.ErrorRatio(1_000_000)), refusing);

    // Then
    assertThat(row.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(row.trusted()).isFalse();
    assertThat(row.message())
        .isEqualTo(
            "no good reply: 200 of 200 replies had a status above 399, 0 requests had none in time");
  }

  @Test
  void failsAndCountsTheConnectionsWithoutReply() {
    // Given: two workers with 4 connections each, of which 2 and 4 had no reply for 6.5 and 6 s of
    // 8
    List<WorkerMeasurement> stalled =
        List.of(stalled(0, 2, Duration.ofMillis(6_500)), stalled(1, 4, Duration.ofSeconds(6)));

    // When
    Row row = row(with(Slo.StalledRatio.IMPLIED), stalled);

    // Then: 2 x 6.5 s + 4 x 6 s of 64 s
    assertThat(row.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(row.message())
        .startsWith("TargetStalled: 6 of 8 connections had no reply in the last 6.0 s;")
        .contains("8 connections waited for 37.0 of 64.0 s for late or missing replies")
        .contains("StalledRatio 57.8125% is more than 1% (implied");
  }

  @Test
  void isInconclusiveWhereStallsAreUnknown() {
    // Given: an engine that does not show its connections
    RunPlan plan = with(Slo.StalledRatio.IMPLIED);

    // When
    Row row = row(plan, SOUND);

    // Then
    assertThat(row.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(row.message()).contains("StalledRatio is not known");
  }

  @Test
  void marksTheHighestFiguresAsLowerBoundsWhereRequestsWereLost() {
    // Given: 200 replies of 1 ms, of which 198 came in time; 2 lost at 2 s
    List<WorkerMeasurement> late =
        List.of(
            MeasurementFixture.failing(0, new ErrorCounts(0, 0, 0, 1, 0)),
            MeasurementFixture.failing(1, new ErrorCounts(0, 0, 0, 1, 0)));

    // When
    Row aboveLimit = row(with(new Slo.Latency(LatencyFigure.MAX, 1_900_000)), late);
    Row undecided = row(with(new Slo.Latency(LatencyFigure.MAX, 5_000_000)), late);
    Row mean = row(with(new Slo.Latency(LatencyFigure.MEAN, 5_000_000)), late);
    Row decided = row(with(new Slo.Latency(LatencyFigure.P50, 5_000)), late);

    // Then
    assertThat(aboveLimit.figures().orElseThrow().latency().orElseThrow().atLeast())
        .containsExactlyInAnyOrder(
            LatencyFigure.MEAN, LatencyFigure.P99, LatencyFigure.P999, LatencyFigure.MAX);
    assertThat(aboveLimit.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(undecided.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(undecided.message())
        .contains("at least 2000000 us, which does not decide 5000000 us");
    assertThat(mean.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(mean.message())
        .contains("judge by LatencyP99 and ErrorRatio")
        .doesNotContain("load.timeout");
    assertThat(decided.verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void keepsAMetSloAndMakesAMissedOneUndecidedUnderSendDelay() {
    // Given: requests went up to 100 ms late, replies took 1 to 3 ms from when they were due
    List<WorkerMeasurement> delayed = List.of(delayed(0), delayed(1));

    // When
    Row met = row(openLoad(new Slo.Latency(LatencyFigure.P99, 5_000)), delayed);
    Row missed = row(openLoad(new Slo.Latency(LatencyFigure.P99, 900)), delayed);
    Row lost =
        row(
            openLoad(new Slo.Latency(LatencyFigure.P99, 900_000)),
            List.of(delayed(0), delayedWithTimeouts(1)));

    // Then
    assertThat(met.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(met.warnings()).contains("SendDelayed");
    assertThat(missed.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(missed.message()).contains("requests were sent up to 100000 us late");
    assertThat(lost.verdict()).as("no delay of 100 ms explains it").isEqualTo(Verdict.FAILED);
    assertThat(lost.message()).isEqualTo("LatencyP99 2000000 us is more than 900000 us");
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
  void isInconclusiveWithoutFiguresWhereTheTargetRestarted(
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
  void takesTheWorstVerdictOfAllRows(@ForAll Set<Verdict> verdicts) {
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
        new StepAssessment.AttemptContext(2, 0, 0, false, TargetContext.withoutCollector()));
  }

  private static RunPlan with(Slo slo) {
    return RunPlanBuilder.from(PlanFixture.plan()).slos(slo).build();
  }

  private static RunPlan withoutKeepAlive() {
    Workload workload = PlanFixture.plan().workload();
    return RunPlanBuilder.from(PlanFixture.plan())
        .workload(new Workload(workload.requests(), workload.seed(), false, workload.headers()))
        .build();
  }

  /**
   * 4 connections for 8 s, of which {@code unanswered} have had no reply for {@code since} at the
   * end.
   */
  private static WorkerMeasurement stalled(int worker, int unanswered, Duration since) {
    WorkerMeasurement sound = MeasurementFixture.sound(worker);
    return WorkerMeasurementBuilder.from(sound)
        .duration(Duration.ofSeconds(8))
        .errors(new ErrorCounts(0, 0, 0, unanswered, 0))
        .unanswered(unanswered)
        .measured(
            LatencyHistogram.of(Map.of(300_000L * (4 - unanswered) / 4 + 1, sound.requests())))
        .lost(LatencyHistogram.of(Map.of(since.toMillis() * 1000, (long) unanswered)))
        .stalls(
            new ConnectionStalls(
                4, Duration.ofSeconds(32), since.multipliedBy(unanswered), unanswered, since))
        .build();
  }

  private static WorkerMeasurement delayedWithTimeouts(int worker) {
    return delayed(MeasurementFixture.open(worker, 100, 100, new ErrorCounts(0, 0, 0, 50, 0)));
  }

  private static WorkerMeasurement delayed(int worker) {
    return delayed(MeasurementFixture.open(worker, 100, 100, ErrorCounts.NONE));
  }

  private static WorkerMeasurement delayed(WorkerMeasurement open) {
    return WorkerMeasurementBuilder.from(open)
        .offered(new OfferedLoad.Rate(100, LatencyHistogram.of(Map.of(100_000L, 100L)), 0))
        .build();
  }

  private static RunPlan openLoad(Slo slo) {
    RunPlan plan = with(slo);
    Stage stage =
        new Stage("r", new LoadModel.Open(200, 200), Duration.ofSeconds(1), Optional.empty());
    return RunPlanBuilder.from(plan)
        .steps(new Step(0, plan.steps().getFirst().target(), stage))
        .build();
  }

  private static WorkerMeasurement unsynchronised(WorkerMeasurement sound) {
    return WorkerMeasurementBuilder.from(sound)
        .clock(new ClockReading("boot-b", false, 500))
        .build();
  }
}

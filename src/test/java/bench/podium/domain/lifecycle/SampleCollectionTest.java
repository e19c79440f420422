package bench.podium.domain.lifecycle;

import static bench.podium.domain.lifecycle.ObservationFixture.NOW;
import static bench.podium.domain.lifecycle.ObservationFixture.awaited;
import static bench.podium.domain.lifecycle.ObservationFixture.only;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.StepMetrics;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.measurement.ConsistencyCheck;
import bench.podium.domain.measurement.MeasurementFixture;
import bench.podium.domain.measurement.TargetSample;
import bench.podium.domain.measurement.TargetSamples;
import bench.podium.domain.observation.CollectorObservation;
import bench.podium.domain.observation.CollectorReport;
import bench.podium.domain.observation.ContainerTermination;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.TargetObservationBuilder;
import bench.podium.domain.observation.WorkerObservation.LastCommand;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.plan.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** From the last result to the row: the samples of the target's collector. */
class SampleCollectionTest {

  private static final AttemptId FIRST = new AttemptId(0, 1);
  private static final Duration LOAD =
      Timing.load(PlanFixture.plan().load(), PlanFixture.plan().steps().getFirst());

  /** The load ended a tenth of a second ago. */
  private static final Instant T0 = NOW.minus(LOAD).minusMillis(100);

  private static final Optional<LastCommand> NO_COMMAND = Optional.empty();

  @Test
  void recordsTheUsageAtOnceIfTheLastSampleIsASecondOld() {
    // Given
    RunObservation observed = observed(samplesUntil(NOW.minusSeconds(1)), NO_COMMAND);

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(T0), observed);

    // Then
    RunAction.RecordStep recorded = only(decisions, RunAction.RecordStep.class);
    assertThat(usage(recorded.row()))
        .hasValueSatisfying(
            usage -> {
              assertThat(usage.cpuMillicores()).isEqualTo(500);
              assertThat(usage.memoryMaxBytes()).isEqualTo(40_000_000);
              assertThat(usage.threadsMax()).isEqualTo(8);
              assertThat(usage.requestsPerCpuSecond()).isPresent();
            });
    assertThat(recorded.samples()).hasSize(1);
    assertThat(recorded.samples().getFirst()).hasSizeGreaterThan(2);
  }

  @Test
  void waitsForTheLastSamplesBeforeItRequestsThem() {
    // Given
    RunObservation observed = observed(samplesUntil(NOW.minusSeconds(5)), NO_COMMAND);

    // When
    List<RunAction> soon = ObservationFixture.decide(ObservationFixture.scheduled(T0), observed);
    List<RunAction> later =
        ObservationFixture.decide(
            ObservationFixture.scheduled(T0.minus(Timing.SAMPLES_VISIBLE_AFTER)), observed);

    // Then
    assertThat(only(soon, RunAction.Await.class).atMost()).isEqualTo(Timing.SAMPLES_POLL_INTERVAL);
    assertThat(later.getFirst())
        .isInstanceOfSatisfying(
            RunAction.RequestSamples.class,
            ask -> {
              assertThat(ask.ask()).isEqualTo(1);
              assertThat(ask.until()).isEqualTo(T0.minus(Timing.SAMPLES_VISIBLE_AFTER).plus(LOAD));
            });
  }

  @Test
  void requestsAMissingSampleAtOnce() {
    // Given
    RunObservation observed = observed(withGap(), NO_COMMAND);

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(T0), observed);

    // Then
    assertThat(decisions.getFirst()).isInstanceOf(RunAction.RequestSamples.class);
    assertThat(awaited(decisions)).isEqualTo(Timing.RESEND_INTERVAL);
  }

  @Test
  void requestsAgainWithTheNextNumberIfTheCommandHasNotArrived() {
    // Given
    RunObservation observed =
        observed(withGap(), lastCommand(3, NOW.minus(Timing.RESEND_INTERVAL)));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(T0), observed);

    // Then
    assertThat(decisions.getFirst())
        .isInstanceOfSatisfying(
            RunAction.RequestSamples.class, ask -> assertThat(ask.ask()).isEqualTo(4));
  }

  @Test
  void doesNotRepeatARecentRequest() {
    // Given
    RunObservation observed = observed(withGap(), lastCommand(1, NOW.minusMillis(100)));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(T0), observed);

    // Then
    assertThat(only(decisions, RunAction.Await.class).atMost()).isEqualTo(Timing.RESEND_INTERVAL);
  }

  @Test
  void recordsWithoutSamplesThatTheCollectorNoLongerRetains() {
    // Given
    CollectorReport report =
        new CollectorReport(withGap(), Optional.of(FIRST), Optional.empty(), false);
    RunObservation observed = observed(report, lastCommand(1, NOW.minusMillis(100)));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(T0), observed);

    // Then
    assertIsLost(only(decisions, RunAction.RecordStep.class).row());
  }

  @Test
  void recordsWithoutSamplesIfTheCollectorDoesNotAnswer() {
    // Given
    RunObservation observed =
        observed(
            TargetSamples.none(),
            lastCommand(Timing.MAX_SAMPLE_REQUESTS, NOW.minus(Timing.RESEND_INTERVAL)));

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(T0.minusSeconds(5)), observed);

    // Then
    assertIsLost(only(decisions, RunAction.RecordStep.class).row());
  }

  @Test
  void ignoresRequestsOfAnEarlierAttempt() {
    // Given
    Optional<LastCommand> earlier =
        ObservationFixture.lastCommand(
            new AttemptId(0, 0), LastCommand.Kind.REPEAT, 8, NOW.minusSeconds(9));
    RunObservation observed = observed(withGap(), earlier);

    // When
    List<RunAction> decisions =
        ObservationFixture.decide(ObservationFixture.scheduled(T0), observed);

    // Then
    assertThat(decisions.getFirst())
        .isInstanceOfSatisfying(
            RunAction.RequestSamples.class, ask -> assertThat(ask.ask()).isEqualTo(1));
  }

  @Test
  void requestsSamplesThatWereRotatedOutOfTheLog() {
    // Given
    SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 7);
    operator.afterT0Of(0, () -> rotate(operator, false));

    // When
    operator.runToEnd();

    // Then
    assertThat(operator.actions(RunAction.RequestSamples.class)).isNotEmpty();
    assertThat(operator.cluster().rows())
        .allSatisfy(row -> assertThat(row.verdict()).isEqualTo(Verdict.PASSED))
        .allSatisfy(row -> assertThat(usage(row)).isPresent());
  }

  @Test
  void makesOnlyTheRowWithLostSamplesInconclusive() {
    // Given
    SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 7);
    operator.afterT0Of(0, () -> rotate(operator, true));

    // When
    operator.runToEnd();

    // Then
    List<Row> rows = operator.cluster().rows();
    assertIsLost(rows.getFirst());
    assertThat(rows.subList(1, rows.size()))
        .allSatisfy(row -> assertThat(row.verdict()).isEqualTo(Verdict.PASSED));
  }

  @Test
  void continuesIfACollectorNeverReceivesACommand() {
    // Given
    SimulatedOperator operator = new SimulatedOperator(PlanFixture.plan(), 8);
    operator.afterT0Of(
        0,
        () -> {
          rotate(operator, true);
          operator.cluster().target("gin").orElseThrow().collector().unresponsive = true;
        });

    // When
    RunAction.FinishRun end = operator.runToEnd();

    // Then
    assertThat(end.reason()).isEqualTo(FinishReason.COMPLETED);
    assertIsLost(operator.cluster().rows().getFirst());
  }

  @Test
  void discardsAnAttemptAtWhoseEndTheTargetTerminatedOnceTheCauseIsKnown() {
    // Given: Kubernetes still reports the target as ready
    TargetSamples ended = mainProcesses(1L, 2L);
    CollectorReport report = new CollectorReport(ended, Optional.empty(), Optional.empty(), false);
    ContainerTermination end = ObservationFixture.end(139, NOW.minusSeconds(1));

    // When
    List<RunAction> early =
        ObservationFixture.decide(ObservationFixture.scheduled(T0), observed(report, NO_COMMAND));
    List<RunAction> explained =
        ObservationFixture.decide(ObservationFixture.scheduled(T0), ended(report, end));
    List<RunAction> late =
        ObservationFixture.decide(
            ObservationFixture.scheduled(NOW.minus(LOAD).minus(Timing.RESTART_VISIBLE_AFTER)),
            observed(report, NO_COMMAND));

    // Then
    assertThat(awaited(early)).isEqualTo(Timing.RESTART_VISIBLE_AFTER.minusMillis(100));
    assertThat(((RunAction.DiscardAttempt) explained.getLast()).why()).contains("SIGSEGV");
    assertThat(only(late, RunAction.DiscardAttempt.class).why()).contains("TargetRestarted");
  }

  @Test
  void waitsForTheSampleThatProvesThatTheTargetSurvived() {
    // Given
    TargetSamples all = mainProcesses(1L, 1L);
    List<TargetSample> samples = all.samples();
    TargetSamples before = new TargetSamples(samples.subList(0, samples.size() - 1));

    // When
    List<RunAction> early =
        ObservationFixture.decide(ObservationFixture.scheduled(T0), observed(before, NO_COMMAND));
    List<RunAction> shown =
        ObservationFixture.decide(ObservationFixture.scheduled(T0), observed(all, NO_COMMAND));
    List<RunAction> late =
        ObservationFixture.decide(
            ObservationFixture.scheduled(NOW.minus(LOAD).minus(Timing.SAMPLES_VISIBLE_AFTER)),
            observed(before, NO_COMMAND));

    // Then
    assertThat(awaited(early)).isEqualTo(Timing.SAMPLES_POLL_INTERVAL);
    assertThat(shown.getFirst()).isInstanceOf(RunAction.RecordStep.class);
    assertThat(late.getFirst()).isInstanceOf(RunAction.RecordStep.class);
  }

  private static RunObservation ended(CollectorReport report, ContainerTermination end) {
    ReportedState first = new ReportedState.Measured(MeasurementFixture.sound(0));
    ReportedState second = new ReportedState.Measured(MeasurementFixture.sound(1));
    return ObservationFixture.of(
        ObservationFixture.workers(FIRST, first, second),
        TargetObservationBuilder.of("gin", new TargetObservation.State.Ready())
            .running(true)
            .lastStart(ObservationFixture.STARTED)
            .nodes("node-a")
            .collectors(List.of(new CollectorObservation("gin-pod", report, NO_COMMAND)))
            .terminations(List.of(end))
            .build());
  }

  /** Samples of which the last was taken after the end of the load. */
  private static TargetSamples mainProcesses(long atFirst, long atLast) {
    return new TargetSamples(
        samplesUntil(NOW).samples().stream()
            .map(
                sample ->
                    new TargetSample(
                        sample.index(),
                        sample.takenAt(),
                        sample.cpu(),
                        sample.memoryBytes(),
                        sample.threads(),
                        List.of(sample.takenAt().equals(NOW) ? atLast : atFirst)))
            .toList());
  }

  private static void rotate(SimulatedOperator operator, boolean retainsNothing) {
    SimulatedCollector collector = operator.cluster().target("gin").orElseThrow().collector();
    collector.rotatedFrom = 0;
    collector.rotatedTo = collector.lastSample() + 8;
    collector.retainsNothing = retainsNothing;
  }

  private static void assertIsLost(Row row) {
    assertThat(row.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(row.violations())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.check()).isEqualTo(ConsistencyCheck.SAMPLES_LOST);
              assertThat(violation.message()).contains("gin");
            });
    assertThat(row.figures()).as("the measurements of the workers remain").isPresent();
    assertThat(usage(row)).isEmpty();
  }

  private static Optional<StepMetrics.TargetUsage> usage(Row row) {
    return row.figures().flatMap(StepMetrics::used);
  }

  private static RunObservation observed(TargetSamples samples, Optional<LastCommand> lastCommand) {
    return observed(
        new CollectorReport(samples, Optional.empty(), Optional.empty(), false), lastCommand);
  }

  private static RunObservation observed(
      CollectorReport report, Optional<LastCommand> lastCommand) {
    ReportedState first = new ReportedState.Measured(MeasurementFixture.sound(0));
    ReportedState second = new ReportedState.Measured(MeasurementFixture.sound(1));
    CollectorObservation collector = new CollectorObservation("gin-pod", report, lastCommand);
    return ObservationFixture.of(
        ObservationFixture.workers(FIRST, first, second),
        ObservationFixture.withCollectors("gin", collector));
  }

  private static Optional<LastCommand> lastCommand(int ask, Instant at) {
    return ObservationFixture.lastCommand(FIRST, LastCommand.Kind.REPEAT, ask, at);
  }

  private static TargetSamples samplesUntil(Instant last) {
    return new TargetSamples(
        LongStream.rangeClosed(0, 40)
            .mapToObj(index -> sample(index, last.minusSeconds(40 - index)))
            .toList());
  }

  private static TargetSamples withGap() {
    return new TargetSamples(
        samplesUntil(NOW).samples().stream().filter(sample -> sample.index() != 36).toList());
  }

  private static TargetSample sample(long index, Instant at) {
    return new TargetSample(index, at, Duration.ofMillis(500 * index), 40_000_000, 8);
  }
}

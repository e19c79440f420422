package bench.podium.events;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.evaluation.AttemptHistory;
import bench.podium.domain.evaluation.EvaluationFixture;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.lifecycle.CurrentAttempt;
import bench.podium.domain.lifecycle.NoProgressBackoff;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.lifecycle.Progress;
import bench.podium.domain.lifecycle.RunAction;
import bench.podium.domain.lifecycle.Suspension;
import bench.podium.domain.lifecycle.WorkerGeneration;
import bench.podium.domain.measurement.ConsistencyCheck;
import bench.podium.domain.measurement.Violation;
import bench.podium.domain.observation.RecordedSteps;
import bench.podium.domain.observation.RunObservation;
import bench.podium.domain.observation.TargetObservation;
import bench.podium.domain.observation.WorkersObservation;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import bench.podium.status.ComponentStatus;
import bench.podium.status.RunSnapshot.Execution;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RunEventsTest {

  private static final RunPlan PLAN = PlanFixture.plan();
  private static final Instant START = PlanFixture.START;
  private static final Instant LATER = START.plus(Duration.ofMinutes(30));
  private static final Row GIN =
      EvaluationFixture.row(0, "gin", "low", EvaluationFixture.figures(54_088, 5_700, 0));

  @Test
  void emitsThePlanOfAnAdmittedRun() {
    // When
    List<RunEvent> events = at(START, Progress.atAdmission(START), List.of());

    // Then
    assertThat(lines(events))
        .containsExactly("NORMAL Admitted: targets: 2, steps: 4, workers: 2; planned: 2m");
  }

  @Test
  void emitsNoAdmissionOfLongAgo() {
    // When
    List<RunEvent> events = at(LATER, Progress.atAdmission(START), List.of());

    // Then
    assertThat(events).isEmpty();
  }

  @Test
  void emitsTargetReadyBeforeTheFirstStep() {
    // When
    List<RunEvent> events =
        at(LATER, Progress.atAdmission(START), List.of(), ready("gin"), ready("chi"));

    // Then
    assertThat(lines(events)).containsExactly("NORMAL TargetReady: target gin is ready");
  }

  @Test
  void emitsTargetReadyOnceForSeveralSteps() {
    // Given
    Progress atSecondStep = progress(1, 0);

    // When
    List<RunEvent> events = at(LATER, atSecondStep, List.of(GIN), ready("gin"));

    // Then
    assertThat(events).extracting(RunEvent::reason).doesNotContain(EventReason.TARGET_READY);
  }

  @Test
  void emitsTargetReadyOnceForSeveralAttempts() {
    // When
    List<RunEvent> events = at(LATER, progress(0, 2), List.of(), ready("gin"));

    // Then
    assertThat(events).isEmpty();
  }

  @Test
  void emitsTheLastRowOnly() {
    // Given
    Row chi = EvaluationFixture.row(1, "gin", "high", EvaluationFixture.figures(870, 830, 0));

    // When
    List<RunEvent> events = at(LATER, progress(1, 1), List.of(GIN, chi));

    // Then
    assertThat(lines(events))
        .containsExactly(
            "NORMAL StepRecorded: step 2 of 4, gin high: 870/s, p99 830us, start skew 3.1ms");
  }

  @Test
  void emitsAWarningWithTheMissedSlo() {
    // Given
    Row missed = row(Verdict.FAILED, "LatencyP99 5700 us is more than 100 us", List.of());

    // When
    List<RunEvent> events = at(LATER, progress(0, 1), List.of(missed));

    // Then
    assertThat(lines(events))
        .containsExactly(
            "WARNING StepRecorded: step 1 of 4, gin low: 54.1k/s, p99 5.7ms, start skew 3.1ms;"
                + " Failed: LatencyP99 5700 us is more than 100 us");
  }

  @Test
  void emitsTheViolatedCheckOfAnInconclusiveStep() {
    // Given
    Row broken =
        row(
            Verdict.INCONCLUSIVE,
            "",
            List.of(new Violation(ConsistencyCheck.COUNTS_DIFFER, "1 is not 2")));

    // When
    List<RunEvent> events = at(LATER, progress(0, 1), List.of(broken));

    // Then
    assertThat(lines(events).getFirst())
        .endsWith("step 1 of 4, gin low: Inconclusive: CountsDiffer, 1 is not 2");
  }

  @Test
  void emitsNoMetricsWithoutAGoodReply() {
    // Given
    Row unanswered =
        EvaluationFixture.failed(
            0, "gin", "low", EvaluationFixture.unanswered(), "no good reply: 0 of 0");

    // When
    List<RunEvent> events = at(LATER, progress(0, 1), List.of(unanswered));

    // Then
    assertThat(lines(events).getFirst())
        .endsWith("step 1 of 4, gin low: Failed: no good reply: 0 of 0");
  }

  @Test
  void emitsOneEventForAllRowsOfAFailedTarget() {
    // Given
    List<Row> rows =
        List.of(
            GIN,
            EvaluationFixture.row(1, "gin", "high", EvaluationFixture.figures(1, 1, 0)),
            notMeasured(PLAN.steps().get(2)),
            notMeasured(PLAN.steps().get(3)));

    // When
    List<RunEvent> events = at(LATER, progress(2, 0), rows);

    // Then
    assertThat(lines(events))
        .containsExactly(
            "WARNING TargetFailed: target chi failed at step 3 of 4: ImagePullFailed: no such image");
  }

  @Test
  void emitsOverdueRemovalAfterTheGracePeriod() {
    // Given
    TargetObservation gin = target("gin", new TargetObservation.State.Terminating(LATER));

    // When
    List<RunEvent> inTime = at(LATER.minusMillis(1), progress(2, 0), List.of(), gin);
    List<RunEvent> overdue = at(LATER, progress(2, 0), List.of(), gin);

    // Then
    assertThat(inTime).isEmpty();
    assertThat(lines(overdue))
        .containsExactly(
            "WARNING TargetRemovalOverdue: pods of target gin still exist long after their grace"
                + " period; the run continues without waiting for them");
    assertThat(overdue.getFirst().position())
        .as("independent of the step")
        .isEqualTo(at(LATER, progress(3, 0), List.of(), gin).getFirst().position());
  }

  @Test
  void emitsQueuePositionAndFirstRun() {
    // When
    List<RunEvent> events = RunEvents.queued(2, "bench/other", START, START.plusSeconds(3));

    // Then
    assertThat(lines(events))
        .containsExactly("NORMAL Queued: position 2 in the queue, behind bench/other");
    assertThat(RunEvents.queued(1, "bench/other", START, LATER)).as("queued long ago").isEmpty();
  }

  @Property(tries = 200)
  void truncatesMessagesToTheSizeOfAnEvent(@ForAll String text) {
    // Given
    Row row = Row.notMeasured(PLAN.steps().getFirst(), RowReason.FORBIDDEN, text.repeat(40));

    // When
    List<RunEvent> events = at(LATER, progress(0, 0), List.of(row));

    // Then
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().message().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(1024);
  }

  private static List<RunEvent> at(
      Instant now, Progress progress, List<Row> rows, TargetObservation... targets) {
    Execution run =
        new Execution(
            PLAN,
            START,
            progress,
            new ComponentStatus.NotYetKnown(),
            new ComponentStatus.NotYetKnown(),
            rows,
            Optional.empty());
    return RunEvents.of(
        run,
        new RunObservation(
            new WorkersObservation.Absent(),
            List.of(targets),
            RecordedSteps.of(rows),
            RunObservation.RequestedState.GO_ON,
            List.of()),
        now);
  }

  @Test
  void emitsSuspensionWithItsConsequences() {
    // Given
    Progress before = progress(1, 1);
    RunAction.SuspendRun suspension =
        new RunAction.SuspendRun(before.suspend(PLAN, START), "asked");

    // When
    List<RunEvent> events = RunEvents.of(PLAN, before, suspension);

    // Then
    assertThat(lines(events))
        .containsExactly(
            "NORMAL Suspended: its pods are deleted; the rows so far are kept, and step 2 is"
                + " repeated once spec.suspend is false");
  }

  @Test
  void emitsEachTryWithoutProgressWithItsCause() {
    // Given
    Progress before = progress(1, 1);
    Progress first = before.backOff(PLAN, START, "no room");
    Progress second =
        first.resume(START.plusSeconds(60)).backOff(PLAN, START.plusSeconds(90), "no room");

    // When
    List<RunEvent> events =
        Stream.of(first, second)
            .flatMap(
                at -> RunEvents.of(PLAN, before, new RunAction.SuspendRun(at, "no room")).stream())
            .toList();

    // Then
    assertThat(lines(events))
        .containsExactly(
            "WARNING NoProgress: step 2 makes no progress, try 1: its pods are deleted and"
                + " the next run takes the slot: no room",
            "WARNING NoProgress: step 2 makes no progress, try 2: its pods are deleted and"
                + " the next run takes the slot: no room");
    assertThat(events).extracting(RunEvent::about).doesNotHaveDuplicates();
  }

  private static Progress progress(int step, int attempt) {
    return new Progress(
        step,
        new CurrentAttempt(
            attempt,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            0,
            0,
            Optional.empty(),
            Optional.empty(),
            AttemptHistory.NONE),
        new WorkerGeneration(1, Optional.empty(), 0),
        Optional.empty(),
        Suspension.NONE,
        1,
        NoProgressBackoff.NONE);
  }

  private static TargetObservation ready(String name) {
    return target(name, new TargetObservation.State.Ready());
  }

  private static TargetObservation target(String name, TargetObservation.State state) {
    return new TargetObservation(
        name, state, true, 0, 0, Optional.empty(), Set.of("node-a"), List.of());
  }

  private static Row notMeasured(Step step) {
    return Row.notMeasured(step, RowReason.IMAGE_PULL_FAILED, "no such image");
  }

  private static Row row(Verdict verdict, String message, List<Violation> checks) {
    return new Row(
        0,
        "gin",
        "low",
        GIN.figures(),
        RowReason.MEASURED,
        message,
        checks,
        List.of(),
        1,
        0,
        0,
        verdict);
  }

  private static List<String> lines(List<RunEvent> events) {
    return events.stream()
        .map(event -> "%s %s: %s".formatted(event.kind(), event.reason().text(), event.message()))
        .toList();
  }
}

package bench.podium.observation;

import static bench.podium.observation.Lines.line;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.observation.WorkerReport;
import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.plan.AttemptId;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.AttemptResult;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PodLogsTest {

  private static final RunIdentity RUN = new RunIdentity("bench", "shop", Lines.RUN);
  private static final AttemptId FIRST = new AttemptId(0, 1);

  private final VirtualTimer timer = new VirtualTimer();
  private final FakePodLog log = new FakePodLog();
  private final AtomicReference<RunIdentity> woken = new AtomicReference<>();
  private final PodLogs<WorkerLogState> logs =
      PodLogs.ofWorkers(Lines.CODEC, log, timer.clock(), timer);
  private final Pod pod = Pods.load(0, "{phase: Running}");

  @AfterEach
  void forget() {
    logs.forget(RUN.uid());
  }

  @Test
  void followsEachPodOnceAndWakesItsRun() {
    // Given
    logs.follow(RUN, List.of(pod), woken::set);
    logs.follow(RUN, List.of(pod), woken::set);

    // When
    log.print(line(Lines.RUN, "uid-load-0", 0, Lines.EPOCH_MICROS, new AgentMessage.Armed(0, 1)));

    // Then
    soon(() -> RUN.equals(woken.get()));
    assertThat(log.attached()).isEqualTo(1);
    assertThat(report().stateIn(FIRST)).isEqualTo(new ReportedState.Armed());
  }

  @Test
  void returnsTheCompleteResultOfAnAttempt() {
    // Given
    logs.follow(RUN, List.of(pod), woken::set);
    long sequence = 0;

    // When
    for (AgentMessage.ResultPart part : Lines.parts(0, 1)) {
      log.print(line(Lines.RUN, "uid-load-0", sequence++, Lines.EPOCH_MICROS, part));
    }

    // Then
    soon(() -> report(FIRST).isPresent());
    assertThat(report(FIRST)).contains(Lines.report(0, 1));
    assertThat(report(new AttemptId(0, 2))).isEmpty();
  }

  @Test
  void stopsFollowingAPodThatIsNotListed() {
    // Given
    logs.follow(RUN, List.of(pod), woken::set);
    soon(() -> log.attached() == 1);

    // When
    logs.follow(RUN, List.of(), woken::set);

    // Then
    soon(() -> log.attached() == 0);
    assertThat(report()).isEqualTo(WorkerReport.none());
  }

  @Test
  void remembersTheRequestsOfAnEndedPod() {
    // Given
    logs.follow(RUN, List.of(pod), woken::set);
    soon(() -> log.attached() == 1);
    log.print(
        line(
            Lines.RUN,
            "uid-load-0",
            0,
            Lines.EPOCH_MICROS,
            new AgentMessage.Ran(0, 1, Lines.EPOCH_MICROS, Optional.empty(), 5, 7, true)));
    soon(() -> report().sentIn(FIRST).isPresent());

    // When
    logs.follow(RUN, List.of(), woken::set);

    // Then
    soon(() -> log.attached() == 0);
    assertThat(report().sentIn(FIRST)).contains(7L);
    assertThat(report().reportedState()).isEqualTo(new WorkerReport.ReportedState.Nothing());
  }

  @Test
  void forgetsAllPodsOfARun() {
    // Given
    logs.follow(RUN, List.of(pod), woken::set);
    soon(() -> log.attached() == 1);

    // When
    logs.forget(RUN.uid());

    // Then
    soon(() -> log.attached() == 0 && timer.waiting() == 0);
    assertThat(logs.logState(RUN.uid(), "uid-load-0")).isEmpty();
  }

  private WorkerReport report() {
    return logs.logState(RUN.uid(), "uid-load-0").orElseThrow().report();
  }

  private Optional<AttemptResult> report(AttemptId attempt) {
    return logs.logState(RUN.uid(), "uid-load-0").orElseThrow().result(attempt);
  }

  private static void soon(Callable<Boolean> condition) {
    Awaitility.await().pollInterval(Duration.ofMillis(2)).until(condition);
  }
}

package bench.podium.observation;

import static bench.podium.observation.Lines.line;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.observation.WorkerReport.ReportedState;
import bench.podium.domain.plan.AttemptId;
import bench.podium.protocol.AgentMessage;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogFollowerTest {

  private static final AttemptId FIRST = new AttemptId(0, 1);
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final VirtualTimer timer = new VirtualTimer();
  private final FakePodLog log = new FakePodLog();
  private final AtomicInteger wakes = new AtomicInteger();
  private final WorkerLogState logState = new WorkerLogState(Lines.CODEC, Lines.RUN, Lines.POD);
  private final LogFollower follower =
      new LogFollower(
          new PodLog.Source("bench", "load-0", "worker"),
          logState,
          log,
          timer.clock(),
          timer,
          wakes::incrementAndGet);

  @AfterEach
  void close() {
    follower.close();
  }

  @Test
  void readsLinesAndWakesTheRun() {
    // Given
    follower.start();

    // When
    log.print(line(0, new AgentMessage.Armed(0, 1)));

    // Then
    soon(() -> logState.report().stateIn(FIRST) instanceof ReportedState.Armed);
    soon(() -> wakes.get() == 1);
  }

  @Test
  void reconnectsAfterABrokenStreamAndIgnoresKnownLines() {
    // Given
    follower.start();
    log.print(line(0, new AgentMessage.Armed(0, 1)));
    soon(() -> wakes.get() == 1);
    log.disconnect();
    awaitNextAttachment();
    log.print(line(1, new AgentMessage.Late(0, 1)));

    // When
    timer.pass(AGAIN);

    // Then
    soon(() -> logState.report().stateIn(FIRST) instanceof ReportedState.Late);
    assertThat(wakes).hasValue(2);
  }

  @Test
  void reconnectsAfterSixSecondsOfSilence() {
    // Given
    follower.start();
    soon(() -> log.attached() == 1);
    timer.pass(Duration.ofSeconds(6));
    assertThat(log.attached()).isEqualTo(1);

    // When
    timer.pass(Duration.ofSeconds(1));

    // Then
    awaitNextAttachment();
    timer.pass(AGAIN);
    log.print(line(0, new AgentMessage.Armed(0, 1)));
    soon(() -> logState.report().stateIn(FIRST) instanceof ReportedState.Armed);
  }

  @Test
  void staysConnectedWithALineEveryTwoSeconds() {
    // Given
    follower.start();
    soon(() -> log.attached() == 1);

    // When
    for (int sequence = 0; sequence < 10; sequence++) {
      log.print(line(sequence, new AgentMessage.Alive()));
      soon(() -> logState.report().lastMessageAt().filter(timer.now()::equals).isPresent());
      timer.pass(Duration.ofSeconds(2));
    }

    // Then
    assertThat(log.attached()).isEqualTo(1);
    assertThat(wakes).hasValue(0);
  }

  @Test
  void retriesALogThatIsNotAvailableYet() {
    // Given
    log.refuse(true);
    follower.start();
    awaitNextAttachment();
    log.refuse(false);

    // When
    timer.pass(AGAIN);

    // Then
    soon(() -> log.attached() == 1);
  }

  @Test
  void stopsOnceThePodHasStopped() {
    // Given
    follower.start();
    log.print(line(0, new AgentMessage.Stopped()));
    soon(() -> logState.report().stopped());

    // When
    log.disconnect();

    // Then
    awaitNothing();
    assertThat(log.attached()).isZero();
  }

  @Test
  void stopsOnceThePodIsDeleted() {
    // Given
    follower.start();
    soon(() -> log.attached() == 1);
    log.delete();

    // When
    log.disconnect();
    awaitNextAttachment();
    timer.pass(AGAIN);

    // Then
    soon(follower::isClosed);
    awaitNothing();
  }

  @Test
  void stopsOnceItIsClosed() {
    // Given
    follower.start();
    soon(() -> log.attached() == 1);

    // When
    follower.close();

    // Then
    awaitNothing();
    assertThat(log.attached()).isZero();
  }

  /**
   * Waits until the next attachment is scheduled and the watchdog of the previous one is cancelled.
   */
  private void awaitNextAttachment() {
    soon(() -> log.attached() == 0 && timer.waiting() == 1 && timer.waitingOnce() == 1);
  }

  /** Waits until neither a watchdog nor another attachment is scheduled. */
  private void awaitNothing() {
    soon(() -> log.attached() == 0 && timer.waiting() == 0);
  }

  private static void soon(Callable<Boolean> condition) {
    Awaitility.await().pollInterval(Duration.ofMillis(2)).until(condition);
  }
}

package bench.podium.observe;

import static bench.podium.observe.Lines.line;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.lifecycle.StepAttempt;
import bench.podium.domain.lifecycle.WorkerTalk.Says;
import bench.podium.wire.Fact;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogFollowerTest {

  private static final StepAttempt FIRST = new StepAttempt(0, 1);
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final VirtualTimer timer = new VirtualTimer();
  private final FakePodLog log = new FakePodLog();
  private final AtomicInteger wakes = new AtomicInteger();
  private final WorkerJournal journal = new WorkerJournal(Lines.CODEC, Lines.RUN, Lines.POD);
  private final LogFollower follower =
      new LogFollower(
          new PodLog.Source("bench", "load-0", "worker"),
          journal,
          log,
          timer.clock(),
          timer,
          wakes::incrementAndGet);

  @AfterEach
  void close() {
    follower.close();
  }

  @Test
  void readsWhatThePodSaysAndWakesTheRun() {
    // Given
    follower.start();

    // When
    log.print(line(0, new Fact.Armed(0, 1)));

    // Then
    soon(() -> journal.talk().of(FIRST) instanceof Says.Armed);
    soon(() -> wakes.get() == 1);
  }

  @Test
  void attachesAnewWhenTheStreamBreaksAndDropsWhatItKnows() {
    // Given
    follower.start();
    log.print(line(0, new Fact.Armed(0, 1)));
    soon(() -> wakes.get() == 1);
    log.cut();
    awaitNextAttachment();
    log.print(line(1, new Fact.Late(0, 1)));

    // When
    timer.pass(AGAIN);

    // Then
    soon(() -> journal.talk().of(FIRST) instanceof Says.Late);
    assertThat(wakes).hasValue(2);
  }

  @Test
  void attachesAnewWhenItHearsNothingForSixSeconds() {
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
    log.print(line(0, new Fact.Armed(0, 1)));
    soon(() -> journal.talk().of(FIRST) instanceof Says.Armed);
  }

  @Test
  void staysWhereASignOfLifeComesEachTwoSeconds() {
    // Given
    follower.start();
    soon(() -> log.attached() == 1);

    // When
    for (int sequence = 0; sequence < 10; sequence++) {
      log.print(line(sequence, new Fact.Alive()));
      soon(() -> journal.talk().lastHeard().filter(timer.now()::equals).isPresent());
      timer.pass(Duration.ofSeconds(2));
    }

    // Then
    assertThat(log.attached()).isEqualTo(1);
    assertThat(wakes).hasValue(0);
  }

  @Test
  void triesAgainWhereTheLogCannotBeHadYet() {
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
  void readsNoMoreOnceThePodHasSaidBye() {
    // Given
    follower.start();
    log.print(line(0, new Fact.Bye()));
    soon(() -> journal.talk().saidBye());

    // When
    log.cut();

    // Then
    awaitNothing();
    assertThat(log.attached()).isZero();
  }

  @Test
  void readsNoMoreOnceThePodIsGone() {
    // Given
    follower.start();
    soon(() -> log.attached() == 1);
    log.lose();

    // When
    log.cut();
    awaitNextAttachment();
    timer.pass(AGAIN);

    // Then
    soon(follower::isClosed);
    awaitNothing();
  }

  @Test
  void readsNoMoreOnceItIsClosed() {
    // Given
    follower.start();
    soon(() -> log.attached() == 1);

    // When
    follower.close();

    // Then
    awaitNothing();
    assertThat(log.attached()).isZero();
  }

  /** Waited for by now; that the watch over the attachment before waits says nothing. */
  private void awaitNextAttachment() {
    soon(() -> log.attached() == 0 && timer.waiting() == 1 && timer.waitingOnce() == 1);
  }

  /** Neither an attachment with its watch nor another one. */
  private void awaitNothing() {
    soon(() -> log.attached() == 0 && timer.waiting() == 0);
  }

  private static void soon(Callable<Boolean> condition) {
    Awaitility.await().pollInterval(Duration.ofMillis(2)).until(condition);
  }
}

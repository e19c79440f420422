package bench.podium.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The audit detects load that was lost or counted twice. */
class AuditedLoadTest {

  private final List<AuditedWorkerPod> workers = new ArrayList<>();
  private final List<AuditedTargetPod> targetPods = new ArrayList<>();
  private final AuditedLoad auditedLoad =
      new AuditedLoad(List.of("gin", "chi"), workers, targetPods);

  private AuditedWorkerPod worker(String... lines) {
    AuditedWorkerPod pod = new AuditedWorkerPod("run", "pod-" + workers.size());
    List.of(lines).forEach(pod::read);
    workers.add(pod);
    return pod;
  }

  private AuditedTargetPod targetPod(String target, String... lines) {
    AuditedTargetPod pod = new AuditedTargetPod("run", target);
    List.of(lines).forEach(pod::read);
    targetPods.add(pod);
    return pod;
  }

  private static String line(int sequence, int worker, String message) {
    return """
        {"version":2,"worker":%d,"sequence":%d,"message":%s}"""
        .formatted(worker, sequence, message);
  }

  private static String ran(int sequence, int step, int attempt, int requests, int sent) {
    return ran(sequence, step, attempt, requests, sent, false);
  }

  private static String ran(
      int sequence, int step, int attempt, int requests, int sent, boolean cutShort) {
    return line(
        sequence,
        0,
        """
        {"type":"ran","step":%d,"attempt":%d,"requests":%d,"sent":%d,"cutShort":%b}"""
            .formatted(step, attempt, requests, sent, cutShort));
  }

  private static String finalMessage(int sequence) {
    return line(sequence, 0, "{\"type\":\"stopped\"}");
  }

  private static String started(int second) {
    return """
        {"time":"%d","msg":"target started"}"""
        .formatted(second);
  }

  private static String stopped(int second, int plaintext) {
    return """
        {"time":"%d","msg":"target stopped","requests":{"/plaintext":%d,"/healthz":1000}}"""
        .formatted(second, plaintext);
  }

  private static boolean fails(ThrowingCallable assertion) {
    return catchThrowable(assertion) instanceof AssertionError;
  }

  @Test
  void acceptsLoadThatWasCountedOnce() {
    // Given: a second attempt of the first step, and repeated lines
    worker(
        ran(0, 0, 1, 10, 12), ran(1, 0, 2, 20, 21), ran(1, 0, 2, 20, 21), "cut o", finalMessage(2));
    targetPod("gin", started(1), started(1), stopped(2, 31), stopped(2, 31));

    // When
    auditedLoad.assertNoPodIsLost();
    auditedLoad.assertEachAttemptRanOnce();
    auditedLoad.assertTargetsCountedWhatTheWorkersSent();

    // Then
    assertThat(targetPods.getFirst().count()).isEqualTo(31);
  }

  @Test
  void detectsAnAttemptThatRanTwice() {
    // Given: in another generation of the same worker
    worker(ran(0, 0, 1, 10, 12), finalMessage(1));
    worker(ran(0, 0, 1, 10, 12), finalMessage(1));

    // When
    boolean detected = fails(auditedLoad::assertEachAttemptRanOnce);

    // Then
    assertThat(detected).isTrue();
  }

  @Test
  void detectsARepeatedMessage() {
    // Given
    worker(ran(0, 0, 1, 10, 12), ran(1, 0, 1, 10, 12), finalMessage(2));

    // When
    boolean detected = fails(auditedLoad::assertEachAttemptRanOnce);

    // Then
    assertThat(detected).isTrue();
  }

  @Test
  void detectsCountsOutsideTheBounds() {
    for (int counted : new int[] {29, 34}) {
      // Given
      workers.clear();
      targetPods.clear();
      worker(ran(0, 0, 1, 10, 12), ran(1, 0, 2, 20, 21), ran(2, 1, 1, 99, 99), finalMessage(3));
      targetPod("gin", started(1), stopped(2, counted));

      // When
      boolean detected = fails(auditedLoad::assertTargetsCountedWhatTheWorkersSent);

      // Then
      assertThat(detected).as("%d", counted).isTrue();
    }
  }

  @Test
  void skipsTheUpperBoundAfterALostWorker() {
    // Given
    worker(ran(0, 0, 1, 10, 12));
    targetPod("gin", started(1), stopped(2, 500));
    targetPod("chi", started(1), stopped(2, 0));

    // When
    auditedLoad.assertTargetsCountedWhatTheWorkersSent();
    worker(ran(0, 1, 1, 1, 1), finalMessage(1));
    boolean lowerBoundFails = fails(auditedLoad::assertTargetsCountedWhatTheWorkersSent);

    // Then
    assertThat(lowerBoundFails).isTrue();
  }

  @Test
  void skipsTheLowerBoundAfterLostCounts() {
    // Given: its first container has crashed
    worker(ran(0, 0, 1, 10, 12), finalMessage(1));
    targetPod("gin", started(1), started(2), stopped(3, 0));

    // When
    auditedLoad.assertTargetsCountedWhatTheWorkersSent();
    targetPod("gin", started(5), stopped(6, 13));
    boolean upperBoundFails = fails(auditedLoad::assertTargetsCountedWhatTheWorkersSent);

    // Then
    assertThat(upperBoundFails).isTrue();
  }

  @Test
  void ignoresRepliesOfStoppedEnginesAfterATargetWasReplaced() {
    // Given: the target's pod was deleted, and the engine was stopped thousands of failures later
    worker(ran(0, 0, 1, 9000, 9010, true), ran(1, 0, 2, 20, 21), finalMessage(2));
    targetPod("gin", started(1), stopped(2, 10));
    targetPod("gin", started(3), stopped(4, 21));

    // When
    auditedLoad.assertTargetsCountedWhatTheWorkersSent();
    targetPods.removeFirst();
    boolean detectedForOnePod = fails(auditedLoad::assertTargetsCountedWhatTheWorkersSent);

    // Then
    assertThat(detectedForOnePod).isTrue();
  }

  @Test
  void detectsPodsWithoutAFinalMessage() {
    // Given
    worker(ran(0, 0, 1, 10, 12), finalMessage(1));
    boolean missingTarget = fails(auditedLoad::assertNoPodIsLost);
    targetPod("gin", started(1), stopped(2, 11));
    auditedLoad.assertNoPodIsLost();

    // When
    AuditedTargetPod silent = targetPod("chi");
    boolean silentTarget = fails(auditedLoad::assertNoPodIsLost);
    targetPods.remove(silent);
    worker(ran(0, 0, 2, 0, 0));
    boolean lostWorker = fails(auditedLoad::assertNoPodIsLost);

    // Then
    assertThat(List.of(missingTarget, silentTarget, lostWorker)).containsOnly(true);
  }
}

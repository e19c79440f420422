package bench.podium.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** That the witness notices what must not be. */
class AuditedLoadTest {

  private final List<AuditedWorkerPod> workers = new ArrayList<>();
  private final List<AuditedTargetPod> targetPods = new ArrayList<>();
  private final AuditedLoad auditedLoad =
      new AuditedLoad(List.of("gin", "chi"), workers, targetPods);

  private AuditedWorkerPod worker(String... lines) {
    AuditedWorkerPod pod = new AuditedWorkerPod("run", "pod-" + workers.size());
    List.of(lines).forEach(pod::hear);
    workers.add(pod);
    return pod;
  }

  private AuditedTargetPod targetPod(String target, String... lines) {
    AuditedTargetPod pod = new AuditedTargetPod("run", target);
    List.of(lines).forEach(pod::hear);
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

  private static String bye(int sequence) {
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
  void whatWasCountedOnceHolds() {
    // Given: a second attempt of the first step, and lines that come again
    worker(ran(0, 0, 1, 10, 12), ran(1, 0, 2, 20, 21), ran(1, 0, 2, 20, 21), "cut o", bye(2));
    targetPod("gin", started(1), started(1), stopped(2, 31), stopped(2, 31));

    // When
    auditedLoad.assertNothingIsLost();
    auditedLoad.assertEachAttemptRanOnce();
    auditedLoad.assertTargetsCountedWhatTheWorkersSent();

    // Then
    assertThat(targetPods.getFirst().count()).isEqualTo(31);
  }

  @Test
  void anAttemptThatRanTwiceIsNoticed() {
    // Given: in another generation of the same worker
    worker(ran(0, 0, 1, 10, 12), bye(1));
    worker(ran(0, 0, 1, 10, 12), bye(1));

    // When
    boolean noticed = fails(auditedLoad::assertEachAttemptRanOnce);

    // Then
    assertThat(noticed).isTrue();
  }

  @Test
  void aLineThatIsPrintedTwiceIsNoticed() {
    // Given
    worker(ran(0, 0, 1, 10, 12), ran(1, 0, 1, 10, 12), bye(2));

    // When
    boolean noticed = fails(auditedLoad::assertEachAttemptRanOnce);

    // Then
    assertThat(noticed).isTrue();
  }

  @Test
  void aTargetThatGotLessThanWasAnsweredOrMoreThanWasSentIsNoticed() {
    for (int counted : new int[] {29, 34}) {
      // Given
      workers.clear();
      targetPods.clear();
      worker(ran(0, 0, 1, 10, 12), ran(1, 0, 2, 20, 21), ran(2, 1, 1, 99, 99), bye(3));
      targetPod("gin", started(1), stopped(2, counted));

      // When
      boolean noticed = fails(auditedLoad::assertTargetsCountedWhatTheWorkersSent);

      // Then
      assertThat(noticed).as("%d", counted).isTrue();
    }
  }

  @Test
  void onlyTheLowerBoundHoldsWhereAWorkerWasLost() {
    // Given
    worker(ran(0, 0, 1, 10, 12));
    targetPod("gin", started(1), stopped(2, 500));
    targetPod("chi", started(1), stopped(2, 0));

    // When
    auditedLoad.assertTargetsCountedWhatTheWorkersSent();
    worker(ran(0, 1, 1, 1, 1), bye(1));
    boolean lowerNoticed = fails(auditedLoad::assertTargetsCountedWhatTheWorkersSent);

    // Then
    assertThat(lowerNoticed).isTrue();
  }

  @Test
  void onlyTheUpperBoundHoldsWhereATargetLostItsCounts() {
    // Given: its first container has crashed
    worker(ran(0, 0, 1, 10, 12), bye(1));
    targetPod("gin", started(1), started(2), stopped(3, 0));

    // When
    auditedLoad.assertTargetsCountedWhatTheWorkersSent();
    targetPod("gin", started(5), stopped(6, 13));
    boolean upperNoticed = fails(auditedLoad::assertTargetsCountedWhatTheWorkersSent);

    // Then
    assertThat(upperNoticed).isTrue();
  }

  @Test
  void whatWasSentToNobodyIsNotMissed() {
    // Given: the target's pod went, and its engine was cut short some thousand failures later
    worker(ran(0, 0, 1, 9000, 9010, true), ran(1, 0, 2, 20, 21), bye(2));
    targetPod("gin", started(1), stopped(2, 10));
    targetPod("gin", started(3), stopped(4, 21));

    // When
    auditedLoad.assertTargetsCountedWhatTheWorkersSent();
    targetPods.removeFirst();
    boolean noticedOfOnePod = fails(auditedLoad::assertTargetsCountedWhatTheWorkersSent);

    // Then
    assertThat(noticedOfOnePod).isTrue();
  }

  @Test
  void whoeverWasNotHeardToTheEndIsNoticed() {
    // Given
    worker(ran(0, 0, 1, 10, 12), bye(1));
    boolean unheard = fails(auditedLoad::assertNothingIsLost);
    targetPod("gin", started(1), stopped(2, 11));
    auditedLoad.assertNothingIsLost();

    // When
    AuditedTargetPod silent = targetPod("chi");
    boolean silentTarget = fails(auditedLoad::assertNothingIsLost);
    targetPods.remove(silent);
    worker(ran(0, 0, 2, 0, 0));
    boolean lostWorker = fails(auditedLoad::assertNothingIsLost);

    // Then
    assertThat(List.of(unheard, silentTarget, lostWorker)).containsOnly(true);
  }
}

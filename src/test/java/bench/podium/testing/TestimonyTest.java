package bench.podium.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** That the witness notices what must not be. */
class TestimonyTest {

  private final List<WitnessedLoadPod> loadPods = new ArrayList<>();
  private final List<WitnessedTargetPod> targetPods = new ArrayList<>();
  private final Testimony testimony = new Testimony(List.of("gin", "chi"), loadPods, targetPods);

  private WitnessedLoadPod loadPod(String... lines) {
    WitnessedLoadPod pod = new WitnessedLoadPod("run", "pod-" + loadPods.size());
    List.of(lines).forEach(pod::hear);
    loadPods.add(pod);
    return pod;
  }

  private WitnessedTargetPod targetPod(String target, String... lines) {
    WitnessedTargetPod pod = new WitnessedTargetPod("run", target);
    List.of(lines).forEach(pod::hear);
    targetPods.add(pod);
    return pod;
  }

  private static String line(int sequence, int worker, String fact) {
    return """
        {"version":1,"worker":%d,"sequence":%d,"fact":%s}"""
        .formatted(worker, sequence, fact);
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
        {"fact":"ran","step":%d,"attempt":%d,"requests":%d,"sent":%d,"cutShort":%b}"""
            .formatted(step, attempt, requests, sent, cutShort));
  }

  private static String bye(int sequence) {
    return line(sequence, 0, "{\"fact\":\"bye\"}");
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
    loadPod(ran(0, 0, 1, 10, 12), ran(1, 0, 2, 20, 21), ran(1, 0, 2, 20, 21), "cut o", bye(2));
    targetPod("gin", started(1), started(1), stopped(2, 31), stopped(2, 31));

    // When
    testimony.assertNothingIsLost();
    testimony.assertEachAttemptRanOnce();
    testimony.assertTargetsCountedWhatTheLoadPodsSent();

    // Then
    assertThat(targetPods.getFirst().count()).isEqualTo(31);
  }

  @Test
  void anAttemptThatRanTwiceIsNoticed() {
    // Given: in another generation of the same load pod
    loadPod(ran(0, 0, 1, 10, 12), bye(1));
    loadPod(ran(0, 0, 1, 10, 12), bye(1));

    // When
    boolean noticed = fails(testimony::assertEachAttemptRanOnce);

    // Then
    assertThat(noticed).isTrue();
  }

  @Test
  void aLineThatIsPrintedTwiceIsNoticed() {
    // Given
    loadPod(ran(0, 0, 1, 10, 12), ran(1, 0, 1, 10, 12), bye(2));

    // When
    boolean noticed = fails(testimony::assertEachAttemptRanOnce);

    // Then
    assertThat(noticed).isTrue();
  }

  @Test
  void aTargetThatGotLessThanWasAnsweredOrMoreThanWasSentIsNoticed() {
    for (int counted : new int[] {29, 34}) {
      // Given
      loadPods.clear();
      targetPods.clear();
      loadPod(ran(0, 0, 1, 10, 12), ran(1, 0, 2, 20, 21), ran(2, 1, 1, 99, 99), bye(3));
      targetPod("gin", started(1), stopped(2, counted));

      // When
      boolean noticed = fails(testimony::assertTargetsCountedWhatTheLoadPodsSent);

      // Then
      assertThat(noticed).as("%d", counted).isTrue();
    }
  }

  @Test
  void onlyTheLowerBoundHoldsWhereALoadPodWasLost() {
    // Given
    loadPod(ran(0, 0, 1, 10, 12));
    targetPod("gin", started(1), stopped(2, 500));
    targetPod("chi", started(1), stopped(2, 0));

    // When
    testimony.assertTargetsCountedWhatTheLoadPodsSent();
    loadPod(ran(0, 1, 1, 1, 1), bye(1));
    boolean lowerNoticed = fails(testimony::assertTargetsCountedWhatTheLoadPodsSent);

    // Then
    assertThat(lowerNoticed).isTrue();
  }

  @Test
  void onlyTheUpperBoundHoldsWhereATargetLostItsCounts() {
    // Given: its first container has crashed
    loadPod(ran(0, 0, 1, 10, 12), bye(1));
    targetPod("gin", started(1), started(2), stopped(3, 0));

    // When
    testimony.assertTargetsCountedWhatTheLoadPodsSent();
    targetPod("gin", started(5), stopped(6, 13));
    boolean upperNoticed = fails(testimony::assertTargetsCountedWhatTheLoadPodsSent);

    // Then
    assertThat(upperNoticed).isTrue();
  }

  @Test
  void whatWasSentToNobodyIsNotMissed() {
    // Given: the target's pod went, and its engine was cut short some thousand failures later
    loadPod(ran(0, 0, 1, 9000, 9010, true), ran(1, 0, 2, 20, 21), bye(2));
    targetPod("gin", started(1), stopped(2, 10));
    targetPod("gin", started(3), stopped(4, 21));

    // When
    testimony.assertTargetsCountedWhatTheLoadPodsSent();
    targetPods.removeFirst();
    boolean noticedOfOnePod = fails(testimony::assertTargetsCountedWhatTheLoadPodsSent);

    // Then
    assertThat(noticedOfOnePod).isTrue();
  }

  @Test
  void whoeverWasNotHeardToTheEndIsNoticed() {
    // Given
    loadPod(ran(0, 0, 1, 10, 12), bye(1));
    boolean unheard = fails(testimony::assertNothingIsLost);
    targetPod("gin", started(1), stopped(2, 11));
    testimony.assertNothingIsLost();

    // When
    WitnessedTargetPod silent = targetPod("chi");
    boolean silentTarget = fails(testimony::assertNothingIsLost);
    targetPods.remove(silent);
    loadPod(ran(0, 0, 2, 0, 0));
    boolean lostLoadPod = fails(testimony::assertNothingIsLost);

    // Then
    assertThat(List.of(unheard, silentTarget, lostLoadPod)).containsOnly(true);
  }
}

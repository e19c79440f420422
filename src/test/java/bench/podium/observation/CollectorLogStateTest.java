package bench.podium.observation;

import static bench.podium.observation.Lines.line;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.measurement.TargetSample;
import bench.podium.domain.plan.AttemptId;
import bench.podium.protocol.AgentMessage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectorLogStateTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

  private final CollectorLogState logState =
      new CollectorLogState(Lines.CODEC, Lines.RUN, Lines.POD);

  @Test
  void keepsEachSampleOnceInOrderOfTime() {
    // Given
    logState.read(line(3, sample(3)), NOW);
    logState.read(line(2, sample(2)), NOW);

    // When
    logState.read(line(9, sample(2)), NOW);

    // Then
    assertThat(indexes()).containsExactly(2L, 3L);
  }

  @Test
  void doesNotWakeTheRunForASample() {
    // When / Then
    assertThat(logState.read(line(0, sample(0)), NOW)).isFalse();
  }

  @Test
  void remembersRepetitionsAndThatTheCollectorHasStopped() {
    // When
    boolean repeated = logState.read(line(5, new AgentMessage.Repeated(2, 1, 1)), NOW);
    boolean stopped = logState.read(line(6, new AgentMessage.Stopped()), NOW);

    // Then
    assertThat(repeated && stopped).as("they may affect a decision").isTrue();
    assertThat(logState.report().repeated()).contains(new AttemptId(2, 1));
    assertThat(logState.report().stopped()).isTrue();
  }

  @Test
  void remembersTheProcessThatSharesItsUser() {
    // When
    boolean wakes = logState.read(line(7, new AgentMessage.SharedUser("target")), NOW);

    // Then
    assertThat(wakes).as("a decision hangs on it").isTrue();
    assertThat(logState.report().sharedUser()).contains("target");
  }

  @Test
  void ignoresLinesOfOtherPodsAndRunsAndOtherMessages() {
    // When
    logState.read(line(Lines.RUN, "pod-2", 0, Lines.EPOCH_MICROS, sample(0)), NOW);
    logState.read(line("run-2", Lines.POD, 0, Lines.EPOCH_MICROS, sample(0)), NOW);
    logState.read("GET /plaintext 200", NOW);
    logState.read(line(0, new AgentMessage.Armed(0, 1)), NOW);

    // Then
    assertThat(indexes()).isEmpty();
  }

  private List<Long> indexes() {
    return logState.report().samples().samples().stream().map(TargetSample::index).toList();
  }

  private static AgentMessage.Sample sample(long index) {
    return new AgentMessage.Sample(
        index, Lines.EPOCH_MICROS + index * 1_000_000, index, 1000, 4, List.of(77L));
  }
}

package bench.podium.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.measurement.MeasurementFixture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResultAssemblerTest {

  private final ProtocolCodec codec = new ProtocolCodec();

  /** Random text does not compress, so that the result has several parts. */
  private static AttemptResult report(int length, long seed) {
    StringBuilder output = new StringBuilder();
    Random random = new Random(seed);
    for (int i = 0; i < length; i++) {
      output.append((char) (' ' + random.nextInt(90)));
    }
    return new AttemptResult(3, 1, 5, 6, MeasurementFixture.sound(2), output.toString());
  }

  @Property(tries = 50)
  void assemblesPartsInAnyOrderWithRepetitions(
      @ForAll @IntRange(min = 0, max = 65_536) int length, @ForAll long seed) {
    // Given
    AttemptResult report = report(length, seed);
    List<AgentMessage.ResultPart> parts = codec.encodeResult(report);
    List<AgentMessage.ResultPart> arriving = new ArrayList<>(parts);
    arriving.addAll(parts);
    Collections.shuffle(arriving, new Random(seed));
    ResultAssembler assembler = new ResultAssembler(codec, 3, 1);
    // When
    arriving.forEach(assembler::add);
    // Then
    assertThat(assembler.result()).contains(report);
    assertThat(assembler.missing()).isEmpty();
    assertThat(assembler.ignored()).isZero();
    assertThat(parts).allMatch(part -> part.payload().length() <= 8192);
  }

  @Test
  void listsMissingParts() {
    // Given
    List<AgentMessage.ResultPart> parts = codec.encodeResult(report(40_000, 1));
    ResultAssembler assembler = new ResultAssembler(codec, 3, 1);
    // When
    parts.stream().filter(part -> part.part() != 2).forEach(assembler::add);
    // Then
    assertThat(assembler.result()).isEmpty();
    assertThat(assembler.missing()).containsExactly(2);
  }

  @Test
  void ignoresAndCountsPartsOfOtherAttempts() {
    // Given
    ResultAssembler assembler = new ResultAssembler(codec, 3, 2);
    // When
    codec.encodeResult(report(10, 1)).forEach(assembler::add);
    assembler.add(new AgentMessage.ResultPart(3, 2, 5, 2, ""));
    assembler.add(new AgentMessage.ResultPart(3, 2, -1, 2, ""));
    // Then
    assertThat(assembler.ignored()).isEqualTo(3);
    assertThat(assembler.result()).isEmpty();
  }

  @Test
  void replacesDamagedPartsWithARepetition() {
    // Given
    AttemptResult report = report(10, 1);
    ResultAssembler assembler = new ResultAssembler(codec, 3, 1);
    assembler.add(new AgentMessage.ResultPart(3, 1, 0, 1, "bm90IGRlZmxhdGVk"));
    // When
    codec.encodeResult(report).forEach(assembler::add);
    // Then
    assertThat(assembler.ignored()).isEqualTo(1);
    assertThat(assembler.result()).contains(report);
  }
}

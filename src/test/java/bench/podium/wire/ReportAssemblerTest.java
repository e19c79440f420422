package bench.podium.wire;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.measure.MeasurementFixture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReportAssemblerTest {

  private final WireCodec codec = new WireCodec();

  /** Random text does not compress, so that a report has several parts. */
  private static WorkerReport report(int length, long seed) {
    StringBuilder output = new StringBuilder();
    Random random = new Random(seed);
    for (int i = 0; i < length; i++) {
      output.append((char) (' ' + random.nextInt(90)));
    }
    return new WorkerReport(3, 1, 5, 6, MeasurementFixture.sound(2), output.toString());
  }

  @Property(tries = 50)
  void parts_in_any_order_and_repeated_make_the_whole(
      @ForAll @IntRange(min = 0, max = 65_536) int length, @ForAll long seed) {
    // Given
    WorkerReport report = report(length, seed);
    List<Fact.ResultPart> parts = codec.encodeReport(report);
    List<Fact.ResultPart> arriving = new ArrayList<>(parts);
    arriving.addAll(parts);
    Collections.shuffle(arriving, new Random(seed));
    ReportAssembler assembler = new ReportAssembler(codec, 3, 1);
    // When
    arriving.forEach(assembler::add);
    // Then
    assertThat(assembler.report()).contains(report);
    assertThat(assembler.missing()).isEmpty();
    assertThat(assembler.ignored()).isZero();
    assertThat(parts).allMatch(part -> part.payload().length() <= 8192);
  }

  @Test
  void it_knows_what_is_missing() {
    // Given
    List<Fact.ResultPart> parts = codec.encodeReport(report(40_000, 1));
    ReportAssembler assembler = new ReportAssembler(codec, 3, 1);
    // When
    parts.stream().filter(part -> part.part() != 2).forEach(assembler::add);
    // Then
    assertThat(assembler.report()).isEmpty();
    assertThat(assembler.missing()).containsExactly(2);
  }

  @Test
  void parts_of_others_are_ignored_and_counted() {
    // Given
    ReportAssembler assembler = new ReportAssembler(codec, 3, 2);
    // When
    codec.encodeReport(report(10, 1)).forEach(assembler::add);
    assembler.add(new Fact.ResultPart(3, 2, 5, 2, ""));
    assembler.add(new Fact.ResultPart(3, 2, -1, 2, ""));
    // Then
    assertThat(assembler.ignored()).isEqualTo(3);
    assertThat(assembler.report()).isEmpty();
  }

  @Test
  void damaged_parts_can_be_replaced_by_a_repetition() {
    // Given
    WorkerReport report = report(10, 1);
    ReportAssembler assembler = new ReportAssembler(codec, 3, 1);
    assembler.add(new Fact.ResultPart(3, 1, 0, 1, "bm90IGRlZmxhdGVk"));
    // When
    codec.encodeReport(report).forEach(assembler::add);
    // Then
    assertThat(assembler.ignored()).isEqualTo(1);
    assertThat(assembler.report()).contains(report);
  }
}

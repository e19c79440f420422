package bench.podium.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bench.podium.domain.measure.ClockReading;
import bench.podium.domain.measure.MeasurementFixture;
import bench.podium.domain.plan.EngineKind;
import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.RequestTemplate;
import bench.podium.domain.plan.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class WireCodecTest {

  private final WireCodec codec = new WireCodec();

  @Provide
  Arbitrary<Fact> facts() {
    Arbitrary<Integer> count = Arbitraries.integers().greaterOrEqual(0);
    Arbitrary<Long> number = Arbitraries.longs();
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(200);
    Arbitrary<Fact.Blame> blame = Arbitraries.of(Fact.Blame.class);
    return Arbitraries.oneOf(
        Arbitraries.of(new Fact.Alive(), new Fact.Bye()),
        text.map(Fact.Refused::new),
        text.map(Fact.SharedUser::new),
        Combinators.combine(number, number, number, number, count, number.list().ofMaxSize(4))
            .as(Fact.Sample::new),
        Combinators.combine(count, count, count).as(Fact.Repeated::new),
        Combinators.combine(text, Arbitraries.of(true, false), number)
            .as((boot, held, error) -> new Fact.Started(new ClockReading(boot, held, error))),
        Combinators.combine(count, count).as(Fact.Armed::new),
        Combinators.combine(count, count).as(Fact.Late::new),
        Combinators.combine(count, count).as(Fact.Unknown::new),
        Combinators.combine(count, count, number).as(Fact.AttemptEnded::new),
        Combinators.combine(count, count, blame, text).as(Fact.Waiting::new),
        Combinators.combine(count, count, blame, text).as(Fact.Failed::new),
        Combinators.combine(count, count, count, count, text).as(Fact.ResultPart::new),
        Combinators.combine(count, count, number, number.optional(), number, number)
            .as((a, b, t0, first, requests, sent) -> ran(a, b, t0, first, requests, sent)));
  }

  private static Fact ran(
      int step, int attempt, long t0, Optional<Long> first, long requests, long sent) {
    return new Fact.Ran(step, attempt, t0, first, requests, sent, sent % 2 == 0);
  }

  @Property(tries = 500)
  void a_line_says_what_was_said(@ForAll("facts") Fact fact, @ForAll long sequence) {
    // Given
    Line line = new Line(Line.VERSION, "run-uid", "pod-uid", 3, sequence, 12345L, fact);
    // When
    String text = codec.encodeLine(line);
    // Then
    assertThat(text).doesNotContain("\n", "\r");
    assertThat(codec.decodeLine(text)).isEqualTo(new DecodedLine.Read(line));
  }

  @Test
  void readsASampleOfAnObserverThatDoesNotSayWhenProcessesStarted() {
    // Given
    String earlier =
        "{\"version\":1,\"run\":\"r\",\"pod\":\"p\",\"worker\":0,\"sequence\":3,\"atEpochMicros\":1,"
            + "\"fact\":{\"fact\":\"sample\",\"index\":1,\"takenEpochMicros\":2,\"cpuMicros\":3,"
            + "\"memoryBytes\":4,\"threads\":5}}";

    // When
    DecodedLine decoded = codec.decodeLine(earlier);

    // Then
    assertThat(decoded)
        .isEqualTo(
            new DecodedLine.Read(
                new Line(1, "r", "p", 0, 3, 1, new Fact.Sample(1, 2, 3, 4, 5, List.of()))));
  }

  @Property(tries = 500)
  void whatever_a_pod_prints_is_told_apart(@ForAll String text) {
    // Given
    String printed = text + "{\"version\":1";
    // When
    DecodedLine decoded = codec.decodeLine(printed);
    // Then
    assertThat(decoded).isInstanceOf(DecodedLine.Unreadable.class);
  }

  @Test
  void lines_of_another_version_another_fact_or_without_a_field_are_told_apart() {
    // Given
    Line line = new Line(Line.VERSION, "run", "pod", 0, 1, 2, new Fact.Armed(3, 4));
    String text = codec.encodeLine(line);
    List<String> others =
        List.of(
            text.replace("\"version\":1", "\"version\":2"),
            text.replace("\"armed\"", "\"else\""),
            text.replace("\"attempt\":4,", ""),
            text.replace("\"run\":\"run\"", "\"run\":null"),
            text + "x",
            "null",
            "",
            "[".repeat(WireCodec.MAX_LINE_LENGTH),
            " ".repeat(WireCodec.MAX_LINE_LENGTH + 1));
    // When
    List<DecodedLine> decoded = others.stream().map(codec::decodeLine).toList();
    // Then
    assertThat(decoded).hasOnlyElementsOfType(DecodedLine.Unreadable.class);
  }

  @Property(tries = 200)
  void a_command_asks_what_was_asked(@ForAll int number, @ForAll long micros, @ForAll String url) {
    // Given
    List<Command> commands =
        List.of(
            arm(url, new LoadShare.Connections(number), Optional.empty(), micros),
            arm(url, new LoadShare.Rate(number, 2), Optional.of(200), micros),
            new Command.Abort(number, 1),
            new Command.Discard(number, 1),
            new Command.Repeat(number, 1, 7),
            new Command.RepeatSamples(number, 1, micros, micros, 7),
            new Command.Finish());
    // When
    List<Command> decoded =
        commands.stream().map(codec::encodeCommand).map(codec::decodeCommand).toList();
    // Then
    assertThat(decoded).isEqualTo(commands);
  }

  private static Command.Arm arm(
      String url, LoadShare load, Optional<Integer> probeRate, long t0Micros) {
    return new Command.Arm(
        9999,
        99,
        url,
        "/healthz",
        EngineKind.VEGETA,
        load,
        64,
        60_000,
        60_000,
        180_000,
        probeRate,
        t0Micros,
        1L << 50);
  }

  @Test
  void the_annotation_stays_small() {
    // Given
    String url = "http://some-benchmark-run-target-name-r99.some-namespace.svc:8080";
    Command arm = arm(url, new LoadShare.Rate(1_000_000, 1_000_000), Optional.of(10_000), 1L << 51);
    // When
    String text = codec.encodeCommand(arm);
    // Then
    assertThat(text.length()).isLessThan(450);
  }

  @Test
  void commands_that_cannot_be_read_are_refused_in_words() {
    // Given
    String arm = codec.encodeCommand(new Command.Repeat(1, 2, 3));
    // When
    var refused = assertThatIllegalArgumentException();
    // Then
    refused
        .isThrownBy(() -> codec.decodeCommand(arm.replace("\"version\":1", "\"version\":2")))
        .withMessage("command of version 2; this program reads version 1");
    refused
        .isThrownBy(() -> codec.decodeCommand(arm.replace("repeat", "dance")))
        .withMessageContaining("dance");
    refused
        .isThrownBy(() -> codec.decodeCommand(arm.replace("\"attempt\"", "\"other\"")))
        .withMessageContaining("attempt");
    refused.isThrownBy(() -> codec.decodeCommand("[]"));
    refused.isThrownBy(() -> codec.decodeCommand("{"));
  }

  @Test
  void a_workload_arrives_as_it_was_planned_and_reads_well() {
    // Given
    Workload.Request write =
        new Workload.Request(
            "write",
            "POST",
            RequestTemplate.parse("/users/{{int 1 100000}}"),
            Map.of("Content-Type", "application/json"),
            RequestTemplate.parse("{\"id\":{{seq}}}"),
            2);
    Workload workload = new Workload(List.of(write), 42, true, Map.of("X-Env-ID", "abc"));
    // When
    String text = codec.encodeWorkload(workload);
    // Then
    assertThat(codec.decodeWorkload(text)).isEqualTo(workload);
    assertThat(text).contains("\"path\":\"/users/{{int 1 100000}}\"");
  }

  @Test
  void a_report_is_written_the_same_way_each_time() {
    // Given
    WorkerReport report = new WorkerReport(1, 2, 3, 4, MeasurementFixture.sound(0), "output");
    // When
    List<Fact.ResultPart> parts = codec.encodeReport(report);
    // Then
    assertThat(parts).isEqualTo(new WireCodec().encodeReport(report));
  }
}

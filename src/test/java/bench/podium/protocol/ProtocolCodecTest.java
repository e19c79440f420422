package bench.podium.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bench.podium.domain.measurement.ClockReading;
import bench.podium.domain.measurement.MeasurementFixture;
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

class ProtocolCodecTest {

  private final ProtocolCodec codec = new ProtocolCodec();

  @Provide
  Arbitrary<AgentMessage> messages() {
    Arbitrary<Integer> count = Arbitraries.integers().greaterOrEqual(0);
    Arbitrary<Long> number = Arbitraries.longs();
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(200);
    Arbitrary<AgentMessage.Cause> cause = Arbitraries.of(AgentMessage.Cause.class);
    return Arbitraries.oneOf(
        Arbitraries.of(new AgentMessage.Alive(), new AgentMessage.Stopped()),
        text.map(AgentMessage.Refused::new),
        text.map(AgentMessage.SharedUser::new),
        Combinators.combine(number, number, number, number, count, number.list().ofMaxSize(4))
            .as(AgentMessage.Sample::new),
        Combinators.combine(count, count, count).as(AgentMessage.Repeated::new),
        Combinators.combine(text, Arbitraries.of(true, false), number)
            .as(
                (boot, held, error) ->
                    new AgentMessage.Started(new ClockReading(boot, held, error))),
        Combinators.combine(count, count).as(AgentMessage.Armed::new),
        Combinators.combine(count, count).as(AgentMessage.Late::new),
        Combinators.combine(count, count).as(AgentMessage.Unknown::new),
        Combinators.combine(count, count, number).as(AgentMessage.AttemptEnded::new),
        Combinators.combine(count, count, cause, text).as(AgentMessage.Waiting::new),
        Combinators.combine(count, count, cause, text).as(AgentMessage.Failed::new),
        Combinators.combine(count, count, count, count, text).as(AgentMessage.ResultPart::new),
        Combinators.combine(count, count, number, number.optional(), number, number)
            .as((a, b, t0, first, requests, sent) -> ran(a, b, t0, first, requests, sent)));
  }

  private static AgentMessage ran(
      int step, int attempt, long t0, Optional<Long> first, long requests, long sent) {
    return new AgentMessage.Ran(step, attempt, t0, first, requests, sent, sent % 2 == 0);
  }

  @Property(tries = 500)
  void decodesTheMessageThatWasEncoded(
      @ForAll("messages") AgentMessage message, @ForAll long sequence) {
    // Given
    Envelope line =
        new Envelope(Envelope.VERSION, "run-uid", "pod-uid", 3, sequence, 12345L, message);
    // When
    String text = codec.encodeLine(line);
    // Then
    assertThat(text).doesNotContain("\n", "\r");
    assertThat(codec.decodeLine(text)).isEqualTo(new DecodedMessage.Read(line));
  }

  @Test
  void readsASampleWithoutProcessStarts() {
    // Given
    String earlier =
        "{\"version\":2,\"run\":\"r\",\"pod\":\"p\",\"worker\":0,\"sequence\":3,\"atEpochMicros\":1,"
            + "\"message\":{\"type\":\"sample\",\"index\":1,\"takenEpochMicros\":2,\"cpuMicros\":3,"
            + "\"memoryBytes\":4,\"threads\":5}}";

    // When
    DecodedMessage decoded = codec.decodeLine(earlier);

    // Then
    assertThat(decoded)
        .isEqualTo(
            new DecodedMessage.Read(
                new Envelope(
                    Envelope.VERSION,
                    "r",
                    "p",
                    0,
                    3,
                    1,
                    new AgentMessage.Sample(1, 2, 3, 4, 5, List.of()))));
  }

  @Property(tries = 500)
  void returnsUnreadableForArbitraryText(@ForAll String text) {
    // Given
    String printed = text + "{\"version\":2";
    // When
    DecodedMessage decoded = codec.decodeLine(printed);
    // Then
    assertThat(decoded).isInstanceOf(DecodedMessage.Unreadable.class);
  }

  @Test
  void returnsUnreadableForOtherVersionsUnknownTypesAndMissingFields() {
    // Given
    Envelope line =
        new Envelope(Envelope.VERSION, "run", "pod", 0, 1, 2, new AgentMessage.Armed(3, 4));
    String text = codec.encodeLine(line);
    List<String> others =
        List.of(
            text.replace("\"version\":2", "\"version\":3"),
            text.replace("\"armed\"", "\"else\""),
            text.replace("\"attempt\":4,", ""),
            text.replace("\"run\":\"run\"", "\"run\":null"),
            text + "x",
            "null",
            "",
            "[".repeat(ProtocolCodec.MAX_LINE_LENGTH),
            " ".repeat(ProtocolCodec.MAX_LINE_LENGTH + 1));
    // When
    List<DecodedMessage> decoded = others.stream().map(codec::decodeLine).toList();
    // Then
    assertThat(decoded).hasOnlyElementsOfType(DecodedMessage.Unreadable.class);
  }

  @Property(tries = 200)
  void decodesTheCommandThatWasEncoded(
      @ForAll int number, @ForAll long micros, @ForAll String url) {
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
  void keepsTheAnnotationSmall() {
    // Given
    String url = "http://some-benchmark-run-target-name-r99.some-namespace.svc:8080";
    Command arm = arm(url, new LoadShare.Rate(1_000_000, 1_000_000), Optional.of(10_000), 1L << 51);
    // When
    String text = codec.encodeCommand(arm);
    // Then
    assertThat(text.length()).isLessThan(450);
  }

  @Test
  void rejectsUnreadableCommandsWithAReason() {
    // Given
    String arm = codec.encodeCommand(new Command.Repeat(1, 2, 3));
    // When
    var refused = assertThatIllegalArgumentException();
    // Then
    refused
        .isThrownBy(() -> codec.decodeCommand(arm.replace("\"version\":2", "\"version\":3")))
        .withMessage("command of version 3; this program reads version 2");
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
  void decodesTheWorkloadThatWasEncodedAndKeepsItReadable() {
    // Given
    Workload.Request write =
        new Workload.Request(
            "write",
            "POST",
            RequestTemplate.parse("/users/@{int 1 100000}"),
            Map.of("Content-Type", RequestTemplate.parse("application/json; n=@{seq}")),
            RequestTemplate.parse("{\"id\":@{seq}}"),
            2);
    Workload workload = new Workload(List.of(write), 42, true, Map.of("X-Env-ID", "abc"));
    // When
    String text = codec.encodeWorkload(workload);
    // Then
    assertThat(codec.decodeWorkload(text)).isEqualTo(workload);
    assertThat(text).contains("\"path\":\"/users/@{int 1 100000}\"");
  }

  @Test
  void encodesEqualResultsEqually() {
    // Given
    AttemptResult report = new AttemptResult(1, 2, 3, 4, MeasurementFixture.sound(0), "output");
    // When
    List<AgentMessage.ResultPart> parts = codec.encodeResult(report);
    // Then
    assertThat(parts).isEqualTo(new ProtocolCodec().encodeResult(report));
  }
}

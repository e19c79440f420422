package bench.podium.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bench.podium.domain.evaluation.AttemptHistory;
import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.evaluation.AttemptRecord.Outcome;
import bench.podium.domain.evaluation.EvaluationFixture;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.evaluation.StepAssessment;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.measurement.ConsistencyCheck;
import bench.podium.domain.measurement.MeasurementFixture;
import bench.podium.domain.measurement.StepMeasurement;
import bench.podium.domain.measurement.TargetSample;
import bench.podium.domain.measurement.Violation;
import bench.podium.domain.plan.Step;
import bench.podium.protocol.AttemptResult;
import bench.podium.protocol.ProtocolCodec;
import bench.podium.results.ResultCodec.IndexEntry;
import bench.podium.results.ResultCodec.Part;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResultCodecTest {

  private static final int MAX_BYTES = 900 * 1024;
  private static final Step STEP = PlanFixture.plan().steps().getFirst();
  private static final Row ROW =
      EvaluationFixture.row(0, "gin", "low", EvaluationFixture.figures(20, 1_000, 0));

  private final ResultCodec codec = new ResultCodec(new ProtocolCodec());

  @Test
  void encodesEqualDataEqually() {
    // Given
    StepData once = data(ROW, report(0, "out"), report(1, "out"));
    StepData again = data(ROW, report(0, "out"), report(1, "out"));

    // When
    List<Part> parts = codec.parts(once);

    // Then
    assertThat(new ResultCodec(new ProtocolCodec()).parts(again)).isEqualTo(parts);
  }

  @Test
  void ignoresTheOrderOfReports() {
    // Given
    StepData one = data(ROW, report(0, "out"), report(1, "out"));
    StepData other = data(ROW, report(1, "out"), report(0, "out"));

    // When
    List<Part> parts = codec.parts(one);

    // Then
    assertThat(codec.parts(other)).isEqualTo(parts);
  }

  @Test
  void recordsTheRequestsOfEachAttempt() throws IOException {
    // Given
    AttemptHistory before = AttemptHistory.NONE;
    for (int attempt = 1; attempt <= AttemptHistory.MAX_RECORDS; attempt++) {
      before = before.with(new AttemptRecord(attempt, Outcome.ABORTED, Optional.of(0L), "late"));
    }
    before = before.with(new AttemptRecord(17, Outcome.DISCARDED, Optional.empty(), "lost"));
    StepData data = data(18, before, ROW, report(0, "out"), report(1, "out"));

    // When
    JsonNode document = new ObjectMapper().readTree(joined(codec.parts(data)));

    // Then
    JsonNode attempts = document.get("attempts");
    assertThat(attempts).hasSize(AttemptHistory.MAX_RECORDS);
    assertThat(attempts.get(0).toString())
        .isEqualTo("{\"attempt\":3,\"outcome\":\"Aborted\",\"reason\":\"late\",\"sent\":0}");
    assertThat(attempts.get(14).toString())
        .isEqualTo("{\"attempt\":17,\"outcome\":\"Discarded\",\"reason\":\"lost\"}");
    assertThat(attempts.get(15).get("outcome").asText()).isEqualTo("Recorded");
    assertThat(attempts.get(15).get("sent").asLong())
        .isEqualTo(2 * (report(0, "").warmupSent() + report(0, "").measurement().sent()));
    assertThat(document.get("earlierAttempts").toString())
        .isEqualTo("{\"attempts\":2,\"sent\":0,\"unknown\":0}");
  }

  @Test
  void encodesDifferentDataDifferently() {
    // Given
    StepData one = data(ROW, report(0, "out"));
    StepData other = data(ROW, report(0, "other"));

    // When
    List<Part> parts = codec.parts(one);

    // Then
    assertThat(codec.parts(other).getFirst().sha256()).isNotEqualTo(parts.getFirst().sha256());
  }

  @Test
  void splitsLargeDataIntoPartsThatCanBeJoined() throws IOException {
    // Given
    StepData large =
        data(
            ROW,
            Stream.iterate(0, i -> i + 1)
                .limit(60)
                .map(worker -> report(worker, noise(worker)))
                .toArray(AttemptResult[]::new));

    // When
    List<Part> parts = codec.parts(large);

    // Then
    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(parts)
        .allSatisfy(part -> assertThat(bytes(part)).hasSizeLessThanOrEqualTo(MAX_BYTES));
    assertThat(joined(parts)).startsWith("{\"run\":\"uid-1\"").contains("\"worker\":59");
  }

  static Stream<Row> rows() {
    return Stream.of(
        ROW,
        EvaluationFixture.row(1, "chi", "high", EvaluationFixture.unanswered()),
        Row.notMeasured(STEP, RowReason.UNSCHEDULABLE, "0/1 nodes \u2026 \"quoted\""),
        StepAssessment.restarted(STEP, "restarted", 3, 1),
        StepAssessment.restarted(STEP, "restarted", 3, 1)
            .with(
                AttemptHistory.NONE.with(
                    new AttemptRecord(1, Outcome.DISCARDED, Optional.of(87L), "restarted"))),
        new Row(
            2,
            "gin",
            "low",
            Optional.of(EvaluationFixture.figures(1, 1, 1)),
            RowReason.MEASURED,
            "P99 1 us > 0 us",
            List.of(
                new Violation(ConsistencyCheck.COUNTS_DIFFER, "1 is not 2"),
                new Violation(ConsistencyCheck.CLOCK_NOT_SYNCHRONISED, "")),
            List.of("SLOMissed", "SingleRun"),
            2,
            1,
            1,
            Verdict.INCONCLUSIVE));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void decodesEncodedEntries(Row row) {
    // Given
    IndexEntry entry = new IndexEntry(row, List.of("shop-p-1", "shop-p-2"));

    // When
    IndexEntry read = codec.entry(codec.entry(entry));

    // Then
    assertThat(read).isEqualTo(entry);
  }

  static Stream<String> malformed() {
    String entry =
        new ResultCodec(new ProtocolCodec()).entry(new IndexEntry(ROW, List.of("shop-p-1")));
    return Stream.of(
        "",
        "null",
        "{\"row\":",
        "{\"parts\":[]}",
        entry + " and more",
        entry.replace("\"PASSED\"", "null"),
        entry.replace("\"PASSED\"", "\"PERFECT\""),
        entry.replace("\"parts\"", "\"pieces\""),
        entry.replace("\"shop-p-1\"", "null"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void rejectsMalformedEntriesWithAReason(String text) {
    // When / Then
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.entry(text))
        .withMessageContaining("unreadable index entry");
  }

  private static final List<List<TargetSample>> SAMPLES =
      List.of(
          List.of(
              new TargetSample(
                  7, Instant.EPOCH.plusSeconds(1), Duration.ofMillis(500), 41_000_000, 9)));

  private static StepData data(Row row, AttemptResult... reports) {
    return data(1, AttemptHistory.NONE, row, reports);
  }

  private static StepData data(
      int attempt, AttemptHistory history, Row row, AttemptResult... reports) {
    List<AttemptResult> all = Arrays.asList(reports);
    StepMeasurement merged =
        StepMeasurement.merge(all.stream().map(AttemptResult::measurement).toList());
    return new StepData(
        "uid-1", attempt, 1_767_225_600_000_000L, row, merged, all, SAMPLES, history);
  }

  private static AttemptResult report(int worker, String output) {
    return new AttemptResult(0, 1, 10, 14, MeasurementFixture.sound(worker), output);
  }

  /** 64 KiB that gzip cannot compress. */
  private static String noise(int seed) {
    byte[] bytes = new byte[48 * 1024];
    new Random(seed).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(Part part) {
    return Base64.getDecoder().decode(part.base64());
  }

  private static String joined(List<Part> parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(part -> all.writeBytes(bytes(part)));
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(all.toByteArray()))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

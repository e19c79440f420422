package bench.podium.engine.vegeta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bench.podium.domain.measurement.ClockReading;
import bench.podium.domain.measurement.ErrorCounts;
import bench.podium.domain.measurement.LatencyHistogram;
import bench.podium.domain.measurement.OfferedLoad;
import bench.podium.domain.measurement.ReplySeries;
import bench.podium.domain.measurement.WorkerMeasurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VegetaResultsTest {

  private static final String RESULTS =
      """
      warmup 4 5
      duration_us 2200000
      planned 30
      sent 27
      requests 24
      bytes 2400
      errors 3 1 0 2 4
      reconnects 7
      first 1700000000000000
      due 1 24000 1000
      1000 24
      lost 1 12000000 2000000
      2000000 6
      lag 1 2700 100
      100 27
      replies 100000 22
      1 2 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1
      8 12
      seconds 1
      second 1 30000 1000
      1000 30
      """;

  @TempDir private Path directory;

  @Test
  void readsAllFields() throws Exception {
    // Given
    Path file = results(RESULTS);
    // When
    VegetaResults read = VegetaResults.read(file);
    WorkerMeasurement measured = read.measurement(3, new ClockReading("boot", true, 0));
    // Then
    assertThat(read.warmupRequests()).isEqualTo(4);
    assertThat(read.warmupSent()).isEqualTo(5);
    assertThat(measured.offered())
        .isEqualTo(new OfferedLoad.Rate(30, LatencyHistogram.of(Map.of(100L, 27L)), 3));
    assertThat(measured.sent()).isEqualTo(27);
    assertThat(measured.requests()).isEqualTo(24);
    assertThat(measured.errors()).isEqualTo(new ErrorCounts(3, 1, 0, 2, 4));
    assertThat(measured.unanswered()).isEqualTo(2);
    assertThat(measured.reconnects()).isEqualTo(7);
    assertThat(measured.firstRequest()).contains(Instant.ofEpochSecond(1_700_000_000));
    assertThat(measured.measured()).isEqualTo(LatencyHistogram.of(Map.of(1000L, 24L)));
    assertThat(measured.lost()).isEqualTo(LatencyHistogram.of(Map.of(2_000_000L, 6L)));
    assertThat(measured.stalls()).isEmpty();
    assertThat(measured.replies().slot()).isEqualTo(ReplySeries.FINE);
    assertThat(measured.replies().counts())
        .hasSize(22)
        .startsWith(1L, 2L, 0L)
        .endsWith(1L, 8L, 12L);
  }

  @Test
  void rejectsATooLongSeries() throws Exception {
    // Given
    Path file = results(RESULTS.replace("replies 100000 22", "replies 100000 86401"));
    // When, Then
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> VegetaResults.read(file))
        .withMessageContaining("86401");
  }

  @Test
  void rejectsATruncatedSeries() throws Exception {
    // Given
    Path file = results(RESULTS.replace("8 12", "8"));
    // When, Then
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> VegetaResults.read(file))
        .withMessageContaining("2 whole numbers");
  }

  private Path results(String text) throws IOException {
    return Files.writeString(directory.resolve("results"), text);
  }
}

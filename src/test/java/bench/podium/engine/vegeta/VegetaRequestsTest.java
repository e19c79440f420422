package bench.podium.engine.vegeta;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.RequestTemplate;
import bench.podium.domain.plan.Workload;
import bench.podium.engine.GatedRun;
import bench.podium.engine.LoadAssignment;
import bench.podium.engine.LoopbackTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Requests that the real program sends to a server on loopback. */
@Execution(ExecutionMode.SAME_THREAD)
class VegetaRequestsTest {

  @TempDir private Path directory;

  @Test
  void sharesTheRateAndTheSequenceNumbersAmongWorkers() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      VegetaRun run = VegetaRun.of(target.uri(), 100).with(VegetaRun.get("/@{seq}"));
      // When
      long sent =
          run.worker(0, 2).run(directory.resolve("a")).measurement().sent()
              + run.worker(1, 2).run(directory.resolve("b")).measurement().sent();
      // Then
      assertThat(sent).isEqualTo(100);
      assertThat(target.requests())
          .extracting(LoopbackTarget.Request::line)
          .hasSize(100)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void usesDistinctNumbersInWarmUpMeasuredPartAndProbe() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      LoadAssignment assignment =
          VegetaRun.of(target.uri(), 50)
              .with(VegetaRun.get("/@{seq}"))
              .warmup(Duration.ofSeconds(1))
              .assignment();
      LoadAssignment probe = assignment.forProbe(new LoadShare.Rate(50, 50));
      // When
      GatedRun.result(VegetaRun.prepare(GatedRun.soon(), assignment, directory.resolve("load")));
      GatedRun.result(VegetaRun.prepare(GatedRun.soon(), probe, directory.resolve("probe")));
      // Then
      assertThat(lines(target)).hasSize(200).doesNotHaveDuplicates();
    }
  }

  @Test
  void sendsTheSameRequestsForTheSameSeed() throws Exception {
    try (LoopbackTarget one = LoopbackTarget.answering();
        LoopbackTarget other = LoopbackTarget.answering()) {
      // When
      VegetaRun.of(one.uri(), 50).with(VegetaRun.get("/@{int 1 1000}")).run(directory.resolve("a"));
      VegetaRun.of(other.uri(), 50)
          .with(VegetaRun.get("/@{int 1 1000}"))
          .run(directory.resolve("b"));
      // Then
      assertThat(lines(one)).hasSize(50).containsExactlyInAnyOrderElementsOf(lines(other));
    }
  }

  @Test
  void sendsOnlyTheConfiguredHeadersAndBody() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      var post = VegetaRun.request("POST", "/users", "n=@{seq}", 1);
      var workload = new Workload(List.of(post), 42, true, Map.of("X-Env-ID", "env"));
      // When
      VegetaRun.of(target.uri(), 1).with(workload).run(directory);
      // Then
      LoopbackTarget.Request request = target.requests().getFirst();
      assertThat(request.body()).isEqualTo("n=1");
      assertThat(request.head().lines())
          .containsExactlyInAnyOrder(
              "POST /users HTTP/1.1",
              "Host: " + target.uri().getAuthority(),
              "Content-Length: 3",
              "Content-Type: text/plain",
              "X-Env-Id: env",
              "");
    }
  }

  @Test
  void allPlacesOfARequestCarryItsNumber() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      var post =
          new Workload.Request(
              "post",
              "POST",
              RequestTemplate.parse("/u/@{seq}"),
              Map.of("Idempotency-Key", RequestTemplate.parse("key-@{seq} @@{seq}")),
              RequestTemplate.parse("@{seq} @{seq} @{int 3 3}"),
              1);
      var workload = new Workload(List.of(post), 42, true, Map.of());
      // When
      VegetaRun.of(target.uri(), 20).with(workload).run(directory);
      // Then
      assertThat(target.requests())
          .hasSizeGreaterThan(1)
          .allSatisfy(
              request -> {
                String number = request.line().replaceAll("POST /u/(\\d+) HTTP/1.1", "$1");
                assertThat(request.head())
                    .contains("Idempotency-Key: key-" + number + " @{seq}\r\n");
                assertThat(request.body()).isEqualTo("%1$s %1$s 3", number);
              });
      assertThat(target.requests())
          .extracting(LoopbackTarget.Request::line)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void drawsRequestsByWeight() throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      // Given
      var workload =
          new Workload(
              List.of(
                  VegetaRun.request("GET", "/often", "", 9),
                  VegetaRun.request("GET", "/seldom", "", 1)),
              42,
              true,
              Map.of());
      // When
      VegetaRun.of(target.uri(), 500).with(workload).run(directory);
      // Then: five standard deviations wide
      assertThat(lines(target).stream().filter(line -> line.contains("/seldom")).count())
          .isBetween(17L, 83L);
    }
  }

  private static List<String> lines(LoopbackTarget target) {
    return target.requests().stream().map(LoopbackTarget.Request::line).toList();
  }
}

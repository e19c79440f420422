package bench.podium.engine.wrk;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.RequestTemplate;
import bench.podium.domain.plan.Workload;
import bench.podium.engine.LoadAssignment;
import bench.podium.engine.LoopbackTarget;
import bench.podium.engine.SequenceNumbers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the real wrk sends for a workload. */
@Execution(ExecutionMode.SAME_THREAD)
class WrkRequestsTest {

  @TempDir private Path directory;

  private static Workload.Request request(
      String method, String path, Map<String, String> headers, String body, int weight) {
    return new Workload.Request(
        method.toLowerCase(Locale.ROOT) + weight,
        method,
        RequestTemplate.parse(path),
        headers.entrySet().stream()
            .collect(toMap(Map.Entry::getKey, each -> RequestTemplate.parse(each.getValue()))),
        RequestTemplate.parse(body),
        weight);
  }

  private List<LoopbackTarget.Request> sent(Workload workload, int worker, int workers, int threads)
      throws Exception {
    try (LoopbackTarget target = LoopbackTarget.answering()) {
      LoadAssignment assignment =
          new LoadAssignment(
              worker,
              workers,
              workload,
              target.uri(),
              new LoadShare.Connections(threads),
              threads,
              Duration.ofSeconds(2),
              Duration.ZERO,
              Duration.ofSeconds(1),
              new SequenceNumbers(1, worker, workers, threads, false));
      Path own = directory.resolve("w" + worker + "-" + UUID.randomUUID());
      WrkRun.run(assignment, own);
      return target.requests();
    }
  }

  /** The request lines that each of these workers out of two sends, run in parallel. */
  private List<List<String>> inParallel(Workload workload, int threads, int... workers)
      throws Exception {
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> running = new ArrayList<>();
      for (int worker : workers) {
        running.add(each.submit(() -> lines(sent(workload, worker, 2, threads))));
      }
      List<List<String>> all = new ArrayList<>();
      for (Future<List<String>> sent : running) {
        all.add(sent.get());
      }
      return all;
    }
  }

  private static List<String> lines(List<LoopbackTarget.Request> requests) {
    return requests.stream().map(LoopbackTarget.Request::line).toList();
  }

  @Test
  void sendsTheSameRequestsForTheSameSeedAndWorkerOnly() throws Exception {
    // Given
    Workload workload = WrkRun.workload(request("GET", "/@{int 1 1000000}", Map.of(), "", 1));
    // When
    List<List<String>> all = inParallel(workload, 1, 0, 0, 1);
    // Then
    List<String> once = all.get(0);
    List<String> again = all.get(1);
    List<String> other = all.get(2);
    int common = Math.min(once.size(), again.size());
    assertThat(common).isPositive();
    assertThat(once.subList(0, common)).isEqualTo(again.subList(0, common));
    assertThat(other.getFirst()).isNotEqualTo(once.getFirst());
  }

  @Test
  void usesDistinctNumbersInAllWorkersAndThreads() throws Exception {
    // Given
    Workload workload = WrkRun.workload(request("GET", "/@{seq}", Map.of(), "", 1));
    // When
    List<List<String>> both = inParallel(workload, 2, 0, 1);
    // Then
    List<String> first = both.get(0);
    List<String> second = both.get(1);
    Set<String> all = new HashSet<>(first);
    all.addAll(second);
    assertThat(all).hasSize(first.size() + second.size());
    assertThat(first).contains("GET /1 HTTP/1.1", "GET /2 HTTP/1.1", "GET /17 HTTP/1.1");
    assertThat(second).contains("GET /3 HTTP/1.1", "GET /4 HTTP/1.1");
  }

  @Test
  void sendsBodiesAndHeadersUnchanged() throws Exception {
    // Given
    String body = "{\"id\":@{seq},\"n\":\"\\\"äß\u0001\n]]@{int 7 7}\"}";
    Workload workload =
        WrkRun.workload(request("POST", "/u", Map.of("Content-Type", "application/json"), body, 1));
    // When
    LoopbackTarget.Request arrived = sent(workload, 0, 1, 1).getFirst();
    // Then
    assertThat(arrived.body()).isEqualTo("{\"id\":1,\"n\":\"\\\"äß\u0001\n]]7\"}");
    assertThat(arrived.head())
        .contains("Host: 127.0.0.1:", "X-Env-ID: env\r\n", "Content-Type: application/json\r\n")
        .doesNotContain("Connection");
  }

  @Test
  void allPlacesOfARequestCarryItsNumberAndDrawTheirOwnRandomNumbers() throws Exception {
    // Given
    Workload workload =
        WrkRun.workload(
            request(
                "POST",
                "/u/@{seq}",
                Map.of("Idempotency-Key", "key-@{seq}", "X-Mail", "a@b.c", "X-Text", "@@{seq}"),
                "@{seq} @{seq} {{seq} @{int 3 3}",
                1));
    // When
    List<LoopbackTarget.Request> arrived = sent(workload, 0, 1, 1);
    // Then
    assertThat(arrived)
        .hasSizeGreaterThan(1)
        .allSatisfy(
            request -> {
              String number = request.line().replaceAll("POST /u/(\\d+) HTTP/1.1", "$1");
              assertThat(request.head())
                  .contains("Idempotency-Key: key-" + number + "\r\n")
                  .contains("X-Mail: a@b.c\r\n", "X-Text: @{seq}\r\n");
              assertThat(request.body()).isEqualTo("%1$s %1$s {{seq} 3", number);
            });
    assertThat(arrived).extracting(LoopbackTarget.Request::line).doesNotHaveDuplicates();
  }

  @Test
  void drawsRequestsByWeight() throws Exception {
    // Given
    Workload workload =
        WrkRun.workload(
            request("GET", "/", Map.of(), "", 7),
            request("POST", "/", Map.of(), "x@{int 1 9}", 2),
            request("PUT", "/@{int 100000000000000 999999999999999}", Map.of(), "", 1));
    // When
    List<LoopbackTarget.Request> arrived = sent(workload, 0, 1, 1);
    // Then
    double total = arrived.size();
    assertThat(share(arrived, "GET", total)).isBetween(0.5, 0.9);
    assertThat(share(arrived, "POST", total)).isBetween(0.05, 0.4);
    assertThat(lines(arrived)).anyMatch(line -> line.matches("PUT /\\d{15} HTTP/1.1"));
    assertThat(arrived)
        .filteredOn(request -> request.line().startsWith("PUT"))
        .allMatch(request -> request.head().contains("Content-Length: 0\r\n"));
  }

  private static double share(List<LoopbackTarget.Request> requests, String method, double total) {
    return requests.stream().filter(request -> request.line().startsWith(method)).count() / total;
  }
}

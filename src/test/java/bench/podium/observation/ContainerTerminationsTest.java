package bench.podium.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.domain.observation.ContainerTermination;
import bench.podium.domain.observation.ExitStatus;
import bench.podium.domain.observation.LogEnd;
import bench.podium.domain.plan.RunIdentity;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ContainerTerminationsTest {

  private static final RunIdentity RUN = new RunIdentity("bench", "shop", "uid-1");
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final CrashLogPolicy READ =
      new CrashLogPolicy(true, () -> Redaction.of(List.of("s3cret")));
  private static final String OF_AN_COLLECTOR =
      "{name: collector, restartCount: 1, state: {terminated: {exitCode: 1}}}";
  private static final String ENDED =
      "terminated: {exitCode: 139, reason: Error, startedAt: '2026-01-01T00:00:05Z', finishedAt:"
          + " '2026-01-01T00:00:10Z'}";

  /** The kubelet's logs of the current instance of a container and of the previous one. */
  private String present = "";

  private String before = "";
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger redactions = new AtomicInteger();
  private final ContainerTerminations terminations = new ContainerTerminations(this::tail, TIMEOUT);

  private InputStream tail(PodLog.Source source, boolean previous, int lines) throws IOException {
    requests.add(source.pod() + "/" + source.container() + (previous ? " before" : " present"));
    String log = previous ? before : present;
    if (log.isEmpty()) {
      throw new IOException("previous terminated container not found");
    }
    return new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsTheLastLinesOfATerminatedContainer() {
    // Given
    present = "2026-01-01T00:00:06.5Z the key is s3cret\n2026-01-01T00:00:10.9Z panic: no s3cret\n";
    Pod pod = pod("{name: target, restartCount: 0, state: {" + ENDED + "}}");

    // When
    List<ContainerTermination> observed = of(terminations, pod, READ);

    // Then
    assertThat(observed)
        .containsExactly(
            new ContainerTermination(
                "gin-pod",
                "target",
                0,
                new ExitStatus(139, "Error"),
                Optional.of(Instant.parse("2026-01-01T00:00:10Z")),
                false,
                new LogEnd(
                    Optional.of("panic: no [redacted]"),
                    List.of("the key is [redacted]", "panic: no [redacted]"))));
  }

  @Test
  void readsEachTerminationOnceThoughItsContainerIsRestarted() {
    // Given
    present = "2026-01-01T00:00:06.5Z one\n";
    before = "2026-01-01T00:00:06.5Z two\n";
    Pod ended = pod("{name: target, restartCount: 0, state: {" + ENDED + "}}");
    Pod again =
        pod(
            "{name: target, restartCount: 1, state: {running: {startedAt: '2026-01-01T00:00:11Z'}},"
                + " lastState: {"
                + ENDED
                + "}}");
    of(terminations, ended, READ);

    // When
    List<ContainerTermination> observed = of(terminations, again, READ);

    // Then
    assertThat(observed)
        .extracting(end -> end.log().lastLine())
        .containsExactly(Optional.of("one"));
    assertThat(requests).containsExactly("gin-pod/target present");
  }

  @Test
  void ignoresLinesOfTheNextInstance() {
    // Given: it was restarted before its log was read
    present = "2026-01-01T00:00:11.2Z hello again\n";
    before = "2026-01-01T00:00:06.5Z the end\n";
    Pod ended = pod("{name: target, restartCount: 0, state: {" + ENDED + "}}");

    // When
    List<ContainerTermination> observed = of(terminations, ended, READ);

    // Then
    assertThat(observed)
        .extracting(end -> end.log().lastLine())
        .containsExactly(Optional.of("the end"));
  }

  @Test
  void returnsNoLinesIfTheKubeletHasNoLog() {
    // Given
    present = "unable to retrieve container logs for containerd://0123\n";
    Pod ended = pod("{name: target, restartCount: 0, state: {" + ENDED + "}}");

    // When
    List<ContainerTermination> observed = of(terminations, ended, READ);

    // Then
    assertThat(observed).extracting(ContainerTermination::log).containsExactly(LogEnd.none());
  }

  @Test
  void retriesAnUnreadableLogAFewTimes() {
    // Given
    Pod again =
        pod("{name: target, restartCount: 1, state: {running: {}}, lastState: {" + ENDED + "}}");
    await("a try fails in the background, and the next observation starts another")
        .atMost(TIMEOUT.multipliedBy(5))
        .until(
            () -> {
              of(terminations, again, READ);
              return requests.size() == 3;
            });

    // When
    List<ContainerTermination> observed = of(terminations, again, READ);

    // Then
    assertThat(observed).extracting(ContainerTermination::log).containsExactly(LogEnd.none());
    assertThat(requests).hasSize(3);
  }

  @Test
  void waitsForASlowLogUntilTheTimeout() {
    // Given
    CountDownLatch never = new CountDownLatch(1);
    ContainerTerminations slow =
        new ContainerTerminations(
            (source, previous, lines) -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              return InputStream.nullInputStream();
            },
            Duration.ofMillis(20));
    Pod ended = pod("{name: target, restartCount: 0, state: {" + ENDED + "}}");

    // When
    List<ContainerTermination> observed = of(slow, ended, READ);

    // Then
    assertThat(observed).extracting(ContainerTermination::log).containsExactly(LogEnd.none());
    never.countDown();
  }

  @Test
  void appliesOneTimeoutToAllLogs() {
    // Given: each log arrives only when all have been requested
    CountDownLatch allAsked = new CountDownLatch(2);
    ContainerTerminations together =
        new ContainerTerminations(
            (source, previous, lines) -> {
              allAsked.countDown();
              try {
                if (!allAsked.await(TIMEOUT.toMillis() / 2, TimeUnit.MILLISECONDS)) {
                  throw new IOException("the other was not requested");
                }
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              return new ByteArrayInputStream(
                  "2026-01-01T00:00:06.5Z both\n".getBytes(StandardCharsets.UTF_8));
            },
            TIMEOUT);
    Pod pod =
        pod(
            "{name: target, restartCount: 0, state: {%s}}, {name: proxy, restartCount: 0, state:"
                    .formatted(ENDED)
                + " {%s}}".formatted(ENDED));

    // When
    List<ContainerTermination> observed = of(together, pod, READ);

    // Then
    assertThat(observed)
        .extracting(end -> end.log().lastLine())
        .containsExactly(Optional.of("both"), Optional.of("both"));
  }

  @Test
  void readsNoLogsIfDisabled() {
    // Given
    present = "2026-01-01T00:00:06.5Z one\n";
    Pod ended = pod("{name: target, restartCount: 0, state: {" + ENDED + "}}");

    // When
    List<ContainerTermination> observed =
        of(terminations, ended, new CrashLogPolicy(false, this::redaction));

    // Then
    assertThat(observed).extracting(ContainerTermination::log).containsExactly(LogEnd.none());
    assertThat(requests).isEmpty();
    assertThat(redactions).hasValue(0);
  }

  @Test
  void buildsTheRedactionOncePerLog() {
    // Given
    present = "2026-01-01T00:00:06.5Z one\n";
    CrashLogPolicy policy = new CrashLogPolicy(true, this::redaction);
    Pod running = pod("{name: target, restartCount: 0, state: {running: {}}}");
    Pod ended = pod("{name: target, restartCount: 0, state: {" + ENDED + "}}");
    of(terminations, running, policy);
    int whileRunning = redactions.get();

    // When
    of(terminations, ended, policy);
    of(terminations, ended, policy);

    // Then
    assertThat(whileRunning).isZero();
    assertThat(redactions).hasValue(1);
  }

  private Redaction redaction() {
    redactions.incrementAndGet();
    return Redaction.of(List.of());
  }

  @Test
  void reportsTheEvictionOfAPod() {
    // Given
    Pod evicted =
        Pods.deleted(
            Pods.target(
                "gin",
                "{phase: Failed, reason: Evicted, containerStatuses: [{name: target, restartCount:"
                    + " 0, state: {terminated: {exitCode: 137, reason: Error}}}]}"),
            "2026-01-01T00:00:20Z");

    // When
    List<ContainerTermination> observed = of(terminations, evicted, READ);

    // Then
    assertThat(observed)
        .extracting(ContainerTermination::text)
        .containsExactly(
            "container target of pod gin-pod ended with code 137 (SIGKILL, Evicted) as its pod was"
                + " deleted");
  }

  private static List<ContainerTermination> of(
      ContainerTerminations terminations, Pod pod, CrashLogPolicy policy) {
    return terminations
        .of(RUN, List.of(pod), policy)
        .getOrDefault(pod.getMetadata().getUid(), List.of());
  }

  private static Pod pod(String target) {
    return Pods.target(
        "gin", "{phase: Running, containerStatuses: [%s, %s]}".formatted(OF_AN_COLLECTOR, target));
  }
}

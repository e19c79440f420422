package bench.podium.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseFenceTest {

  private static final String LEASE = "/apis/coordination.k8s.io/v1/namespaces/a/leases/podium";
  private static final String POD = "/api/v1/namespaces/a/pods/load-0";

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final LeaseFence fence = new LeaseFence(Duration.ofSeconds(5), nanos::get);

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "PATCH, /api/v1/namespaces/a/pods/load-0",
    "POST, /apis/apps/v1/namespaces/a/deployments",
    "PUT, /apis/podium.bench/v1alpha1/namespaces/a/benchmarkruns/one/status",
    "DELETE, /k8s/clusters/c-1/apis/batch/v1/namespaces/a/jobs/one",
  })
  void rejectsWritesBeforeTheLeaseIsHeld(String method, String path) {
    // When
    Optional<Throwable> refusal = send(method, path);

    // Then
    assertThat(refusal)
        .get()
        .isInstanceOf(KubernetesClientException.class)
        .hasToString(
            "io.fabric8.kubernetes.client.KubernetesClientException: not written: another"
                + " operator may be the leader by now: %s %s".formatted(method, path));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET, /api/v1/namespaces/a/pods/load-0/log",
    "HEAD, /api/v1/namespaces/a/pods",
    "GET, /apis/coordination.k8s.io/v1/namespaces/a/leases/podium",
    "PATCH, /apis/coordination.k8s.io/v1/namespaces/a/leases/podium",
    "POST, /apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
  })
  void alwaysPermitsReadsAndLeaseRequests(String method, String path) {
    // When
    Optional<Throwable> refusal = send(method, path);

    // Then
    assertThat(refusal).isEmpty();
  }

  @ParameterizedTest(name = "after {0} ms: refused {1}")
  @CsvSource({"0, false", "4999, false", "5000, true", "30000, true"})
  void permitsWritesUntilTheRenewalIsTooOld(long laterMillis, boolean refused) {
    // Given
    renew(Duration.ZERO, 200);

    // When
    pass(Duration.ofMillis(laterMillis));
    Optional<Throwable> refusal = send("PATCH", POD);

    // Then
    assertThat(refusal.isPresent()).isEqualTo(refused);
  }

  @Test
  void countsFromTheStartOfASlowRenewal() {
    // Given
    renew(Duration.ofSeconds(4), 200);

    // When
    pass(Duration.ofSeconds(1));
    Optional<Throwable> refusal = send("PATCH", POD);

    // Then
    assertThat(refusal).isPresent();
  }

  @Test
  void rejectsWritesAfterARejectedRenewal() {
    // Given
    renew(Duration.ZERO, 409);

    // When
    Optional<Throwable> refusal = send("PATCH", POD);

    // Then
    assertThat(refusal).isPresent();
  }

  @Test
  void permitsWritesAgainAfterTheNextRenewal() {
    // Given
    renew(Duration.ZERO, 200);
    pass(Duration.ofSeconds(30));
    renew(Duration.ZERO, 200);

    // When
    Optional<Throwable> refusal = send("PATCH", POD);

    // Then
    assertThat(refusal).isEmpty();
  }

  private void renew(Duration takes, int code) {
    send("GET", LEASE);
    fence.after(request("GET", LEASE), new Answer(200), null);
    pass(takes);
    send("PATCH", LEASE);
    fence.after(request("PATCH", LEASE), new Answer(code), null);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private Optional<Throwable> send(String method, String path) {
    return Optional.ofNullable(
        catchThrowable(
            () -> fence.before(new StandardHttpRequest.Builder(), request(method, path), null)));
  }

  private static HttpRequest request(String method, String path) {
    return new StandardHttpRequest.Builder()
        .uri(URI.create("https://api.example:6443" + path + "?limit=1"))
        .method(method, "application/json", "{}")
        .build();
  }

  private record Answer(int code) implements HttpResponse<byte[]> {

    @Override
    public byte[] body() {
      return new byte[0];
    }

    @Override
    public HttpRequest request() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<HttpResponse<?>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public List<String> headers(String name) {
      return List.of();
    }

    @Override
    public Map<String, List<String>> headers() {
      return Map.of();
    }
  }
}

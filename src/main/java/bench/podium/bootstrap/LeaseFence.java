package bench.podium.bootstrap;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Lets no write leave a process whose Lease may be another's by now: one that slept, or whose
 * renewals get no answer. The elector would find out too late, since it looks at its own deadline
 * only between two renewals.
 *
 * <p>It counts from the moment at which a renewal began to read the Lease: the time that the Lease
 * then bears is taken before that.
 */
final class LeaseFence implements Interceptor {

  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final String LEASES = "/apis/coordination.k8s.io/";
  private static final String REVIEWS = "/apis/authorization.k8s.io/";

  private final long validNanos;
  private final LongSupplier nanoTime;
  private volatile long renewalBegan;
  private volatile OptionalLong heldSince = OptionalLong.empty();

  /**
   * @param valid how long after its last renewal a Lease lets writes pass; less than its duration,
   *     by what a write may take
   * @param nanoTime never stands still, not even while the process does
   */
  LeaseFence(Duration valid, LongSupplier nanoTime) {
    this.validNanos = valid.toNanos();
    this.nanoTime = nanoTime;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    String path = request.uri().getPath();
    boolean reads = READS.contains(request.method());
    if (path.contains(LEASES)) {
      if (reads) {
        renewalBegan = nanoTime.getAsLong();
      }
    } else if (!reads && !path.contains(REVIEWS) && !isHeld()) {
      throw new KubernetesClientException(
          "not written, since another operator may lead by now: %s %s"
              .formatted(request.method(), path));
    }
  }

  @Override
  public void after(
      HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
    boolean renews = request.uri().getPath().contains(LEASES) && !READS.contains(request.method());
    if (renews && response.isSuccessful()) {
      heldSince = OptionalLong.of(renewalBegan);
    }
  }

  private boolean isHeld() {
    OptionalLong since = heldSince;
    return since.isPresent() && nanoTime.getAsLong() - since.getAsLong() < validNanos;
  }
}

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
 * Blocks writes of a process that may have lost its Lease, because it was paused or its renewals
 * get no answer. The elector would notice too late, since it checks its deadline only between two
 * renewals.
 *
 * <p>Validity counts from the moment at which a renewal began to read the Lease: the renew time
 * that it then writes was taken just before.
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
   * @param valid how long after its last renewal a Lease permits writes; less than the Lease's
   *     duration by the time that a write may take
   * @param nanoTime a clock that continues while the process is paused
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
          "not written: another operator may be the leader by now: %s %s"
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

package bench.podium.bootstrap;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Which operator leads. A leader that loses its Lease ends its process at once, and starts afresh
 * as one that waits: nothing of its old view is carried over.
 */
@ApplicationScoped
public class Leadership {

  private static final Logger LOG = Logger.getLogger(Leadership.class);

  /** Without a leader for at most this long; the framework's 15 s leave a run alone too long. */
  private static final Duration LEASE_DURATION = Duration.ofSeconds(8);

  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(5);
  private static final Duration RETRY_PERIOD = Duration.ofSeconds(1);

  private static final int LEASE_LOST = 1;

  private final LeaseSettings lease;
  private final AtomicBoolean ending = new AtomicBoolean();

  public Leadership(LeaseSettings lease) {
    this.lease = lease;
  }

  /** Null, which CDI allows here alone, where no Lease is asked for. */
  @Produces
  @Dependent
  @SuppressWarnings("deprecation") // This version's builder forgets some of what it is told.
  LeaderElectionConfiguration configuration() {
    return lease
        .namespace()
        .map(
            namespace ->
                new LeaderElectionConfiguration(
                    lease.name(),
                    namespace,
                    LEASE_DURATION,
                    RENEW_DEADLINE,
                    RETRY_PERIOD,
                    lease.identity().orElse(null),
                    new LeaderCallbacks(() -> LOG.info("leads"), this::lost, leader -> {}),
                    // The framework's own exit runs shutdown hooks, which wait for what hangs.
                    false))
        .orElse(null);
  }

  /** For the connection to the cluster: empty where no Lease is asked for. */
  Optional<LeaseFence> fence() {
    return lease.namespace().map(namespace -> new LeaseFence(RENEW_DEADLINE, System::nanoTime));
  }

  /** From now on the end of leading is no loss. */
  void end() {
    ending.set(true);
  }

  private void lost() {
    if (!ending.get()) {
      LOG.warn("the Lease is lost: this process ends");
      Runtime.getRuntime().halt(LEASE_LOST);
    }
  }
}

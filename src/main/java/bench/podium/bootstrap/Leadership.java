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
 * Leader election by Lease. A leader that loses its Lease ends its process immediately, and
 * restarts as a candidate without any state.
 */
@ApplicationScoped
public class Leadership {

  private static final Logger LOG = Logger.getLogger(Leadership.class);

  /**
   * Maximum time without a leader; with the framework's default of 15 s a run would be unattended
   * for too long.
   */
  private static final Duration LEASE_DURATION = Duration.ofSeconds(8);

  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(5);
  private static final Duration RETRY_PERIOD = Duration.ofSeconds(1);

  private static final int LEASE_LOST = 1;

  private final LeaseSettings lease;
  private final AtomicBoolean shuttingDown = new AtomicBoolean();

  public Leadership(LeaseSettings lease) {
    this.lease = lease;
  }

  /**
   * The configuration of the election; null if no Lease is configured, which CDI permits for
   * dependent beans only.
   */
  @Produces
  @Dependent
  @SuppressWarnings("deprecation") // The builder of this version ignores some of its values.
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
                    new LeaderCallbacks(
                        () -> LOG.info("this operator is the leader"), this::lost, leader -> {}),
                    // The framework's own exit runs shutdown hooks, which could block on a hanging
                    // request.
                    false))
        .orElse(null);
  }

  /** The fence for the connection to the API server; empty if no Lease is configured. */
  Optional<LeaseFence> fence() {
    return lease.namespace().map(namespace -> new LeaseFence(RENEW_DEADLINE, System::nanoTime));
  }

  /** Marks the start of a regular shutdown, during which losing the Lease is not an error. */
  void beginShutdown() {
    shuttingDown.set(true);
  }

  private void lost() {
    if (!shuttingDown.get()) {
      LOG.warn("the Lease is lost: this process ends");
      Runtime.getRuntime().halt(LEASE_LOST);
    }
  }
}

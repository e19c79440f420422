package bench.podium.controller;

import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** What comes from outside: the time, and the registry that {@code /metrics} shows. */
@ApplicationScoped
public class OperatorBeans {

  /**
   * Without a leader for at most this long; the framework's own 15 s leave a run alone too long.
   */
  private static final Duration LEASE_DURATION = Duration.ofSeconds(8);

  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(5);
  private static final Duration RETRY_PERIOD = Duration.ofSeconds(1);

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  /**
   * Which operator leads; null, which CDI allows here alone, where no Lease is asked for. A leader
   * that loses its Lease ends its process, and starts afresh as one that waits.
   */
  @Produces
  @Dependent
  @SuppressWarnings("deprecation") // This version's builder forgets to exit on a lost Lease.
  LeaderElectionConfiguration leaderElection(OperatorSettings settings) {
    OperatorSettings.Lease lease = settings.lease();
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
                    null,
                    true))
        .orElse(null);
  }

  @Produces
  @Singleton
  CollectorRegistry registry() {
    CollectorRegistry registry = new CollectorRegistry();
    DefaultExports.register(registry);
    return registry;
  }
}

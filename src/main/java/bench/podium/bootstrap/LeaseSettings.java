package bench.podium.bootstrap;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Settings of the leader election, {@code podium.lease.*}. */
@ConfigMapping(prefix = "podium.lease")
public interface LeaseSettings {

  /** Name of the Lease, shared by all operators of an installation. */
  @WithDefault("podium-operator")
  String name();

  /**
   * Namespace of the Lease. Without one there is no leader election, and the operator always leads.
   */
  Optional<String> namespace();

  /**
   * Identity of this candidate: the pod's name, so that a restarted container takes its own Lease
   * back at once.
   */
  Optional<String> identity();
}

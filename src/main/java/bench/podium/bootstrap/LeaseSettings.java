package bench.podium.bootstrap;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The Lease by which one operator leads, each {@code podium.lease.*}. */
@ConfigMapping(prefix = "podium.lease")
public interface LeaseSettings {

  /** One for all operators of an installation. */
  @WithDefault("podium-operator")
  String name();

  /** Where the Lease is. Without a namespace there is none, and the operator leads alone. */
  Optional<String> namespace();

  /** Who leads: the pod's name, so that a restarted container takes its own Lease back at once. */
  Optional<String> identity();
}

package bench.podium.controller.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The operator's own settings, each {@code podium.*}. */
@ConfigMapping(prefix = "podium")
public interface OperatorSettings {

  /** What the workers run. */
  Worker worker();

  /** How targets are observed. */
  Collector collector();

  /** For tests of the operator's recovery. */
  Failpoint failpoint();

  /** Where the operator's process ends as by kill -9; off unless named. */
  interface Failpoint {

    /** As in {@code after record-step}; several are separated by commas. */
    Optional<String> name();

    /** Folder that remembers that it has fired. */
    @WithDefault("/tmp")
    String marks();
  }

  /** The sidecar in the targets' pods. */
  interface Collector {

    /** Its image, where it is not that of the workers, which has it. */
    Optional<String> image();

    /** Between two looks at a target's processes. */
    @WithDefault("1s")
    Duration interval();

    /** How many looks it keeps for an operator that was away: ten hours of them. */
    @WithDefault("36000")
    int kept();
  }

  /** The workers' program. */
  interface Worker {

    /** Its image. */
    String image();

    /** How the kubelet gets it: Always, IfNotPresent or Never. */
    @WithDefault("IfNotPresent")
    String pullPolicy();
  }
}

package bench.podium.controller.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The operator's settings, {@code podium.*}. */
@ConfigMapping(prefix = "podium")
public interface OperatorSettings {

  /** Settings of the worker containers. */
  Worker worker();

  /** Settings of the collector sidecar. */
  Collector collector();

  /** Settings of failpoints, for tests of the operator's recovery. */
  Failpoint failpoint();

  /** Failpoints: where the operator's process ends as after kill -9. Off unless named. */
  interface Failpoint {

    /** For example {@code after record-step}; several names are separated by commas. */
    Optional<String> name();

    /** Directory for the marks of failpoints that have fired. */
    @WithDefault("/tmp")
    String marks();
  }

  /** The collector sidecar in the targets' pods. */
  interface Collector {

    /** Image of the collector; by default the workers' image, which contains it. */
    Optional<String> image();

    /** Time between two samples of a target's processes. */
    @WithDefault("1s")
    Duration interval();

    /**
     * Number of samples that a collector keeps for an operator that was unavailable: 36000 are ten
     * hours at 1 s.
     */
    @WithDefault("36000")
    int kept();
  }

  /** The worker containers. */
  interface Worker {

    /** Image of the workers. */
    String image();

    /** Image pull policy: Always, IfNotPresent or Never. */
    @WithDefault("IfNotPresent")
    String pullPolicy();
  }
}

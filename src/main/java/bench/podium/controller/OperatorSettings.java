package bench.podium.controller;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The operator's own settings, each {@code podium.*}. */
@ConfigMapping(prefix = "podium")
public interface OperatorSettings {

  /** What the load pods run. */
  Worker worker();

  /** The load pods' program. */
  interface Worker {

    /** Its image. */
    String image();

    /** How the kubelet gets it: Always, IfNotPresent or Never. */
    @WithDefault("IfNotPresent")
    String pullPolicy();
  }
}

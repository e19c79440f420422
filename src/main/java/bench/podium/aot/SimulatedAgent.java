package bench.podium.aot;

import io.vertx.core.json.JsonObject;

/** The simulated program of a pod, which only writes its log. */
interface SimulatedAgent {

  /** Called when the pod has changed. */
  void changed(JsonObject pod);
}

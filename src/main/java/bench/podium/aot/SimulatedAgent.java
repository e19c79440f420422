package bench.podium.aot;

import io.vertx.core.json.JsonObject;

/** A program in a pod, as far as its log shows it. */
interface SimulatedAgent {

  /** Its pod has changed. */
  void changed(JsonObject pod);
}

package bench.podium.rehearsal;

import io.vertx.core.json.JsonObject;

/** A program in a pod, as far as its log shows it. */
interface RehearsedVoice {

  /** Its pod has changed. */
  void changed(JsonObject pod);
}

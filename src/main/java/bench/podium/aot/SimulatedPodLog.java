package bench.podium.aot;

import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Command;
import bench.podium.protocol.Envelope;
import bench.podium.protocol.EpochMicros;
import bench.podium.protocol.ProtocolCodec;
import bench.podium.resources.Labels;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;

/** The log of a pod's program, and the commands to it. */
final class SimulatedPodLog {

  private final ProtocolCodec codec = new ProtocolCodec();
  private final Clock clock;
  private final JsonObject metadata;
  private final HttpServerResponse log;
  private String last = "";
  private long sequence;

  SimulatedPodLog(Clock clock, JsonObject pod, HttpServerResponse log) {
    this.clock = clock;
    this.metadata = pod.getJsonObject("metadata");
    this.log = log.setChunked(true);
  }

  Clock clock() {
    return clock;
  }

  ProtocolCodec codec() {
    return codec;
  }

  /** The command on the pod, if it has changed. */
  Optional<Command> command(JsonObject pod) {
    String text =
        pod.getJsonObject("metadata")
            .getJsonObject("annotations")
            .getString(Command.ANNOTATION, "");
    if (text.isEmpty() || text.equals(last)) {
      return Optional.empty();
    }
    last = text;
    return Optional.of(codec.decodeCommand(text));
  }

  void write(AgentMessage message) {
    String run = metadata.getJsonObject("labels").getString(Labels.RUN_UID);
    log.write(
        codec.encodeLine(
                new Envelope(
                    Envelope.VERSION,
                    run,
                    metadata.getString("uid"),
                    index(),
                    sequence++,
                    nowMicros(),
                    message))
            + "\n");
  }

  long nowMicros() {
    return EpochMicros.of(clock.instant());
  }

  void end() {
    log.end();
  }

  /** Index of the pod among those of its owner, from 0. */
  int index() {
    return Integer.parseInt(
        metadata.getJsonObject("annotations").getString(SimulatedObjects.INDEX));
  }
}

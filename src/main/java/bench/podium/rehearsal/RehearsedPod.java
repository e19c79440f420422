package bench.podium.rehearsal;

import bench.podium.resources.Labels;
import bench.podium.wire.Command;
import bench.podium.wire.EpochMicros;
import bench.podium.wire.Fact;
import bench.podium.wire.Line;
import bench.podium.wire.WireCodec;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;

/** What the log of a pod's program says, and the commands that come to it. */
final class RehearsedPod {

  private final WireCodec codec = new WireCodec();
  private final Clock clock;
  private final JsonObject metadata;
  private final HttpServerResponse log;
  private String last = "";
  private long sequence;

  RehearsedPod(Clock clock, JsonObject pod, HttpServerResponse log) {
    this.clock = clock;
    this.metadata = pod.getJsonObject("metadata");
    this.log = log.setChunked(true);
  }

  Clock clock() {
    return clock;
  }

  WireCodec codec() {
    return codec;
  }

  /** The command that stands on the pod, where it is another than before. */
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

  void say(Fact fact) {
    String run = metadata.getJsonObject("labels").getString(Labels.RUN_UID);
    log.write(
        codec.encodeLine(
                new Line(
                    Line.VERSION,
                    run,
                    metadata.getString("uid"),
                    index(),
                    sequence++,
                    nowMicros(),
                    fact))
            + "\n");
  }

  long nowMicros() {
    return EpochMicros.of(clock.instant());
  }

  void end() {
    log.end();
  }

  /** Of the pod among those of its owner, from 0. */
  int index() {
    return Integer.parseInt(
        metadata.getJsonObject("annotations").getString(RehearsedObjects.INDEX));
  }
}

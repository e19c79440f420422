package bench.podium.agent;

import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Envelope;
import bench.podium.protocol.EpochMicros;
import bench.podium.protocol.ProtocolCodec;
import java.io.PrintStream;
import java.time.Clock;

/**
 * Writes messages to a stream, one per line, with consecutive sequence numbers. Not thread-safe.
 */
public final class MessageWriter {

  private final Sender sender;
  private final ProtocolCodec codec;
  private final Clock clock;
  private final PrintStream out;
  private long sequence;

  /** The sender of the messages. */
  public record Sender(String runUid, String podUid, int worker) {}

  public MessageWriter(Sender sender, ProtocolCodec codec, Clock clock, PrintStream out) {
    this.sender = sender;
    this.codec = codec;
    this.clock = clock;
    this.out = out;
  }

  public void write(AgentMessage message) {
    long now = EpochMicros.of(clock.instant());
    Envelope line =
        new Envelope(
            Envelope.VERSION,
            sender.runUid(),
            sender.podUid(),
            sender.worker(),
            sequence++,
            now,
            message);
    out.print(codec.encodeLine(line) + "\n");
    out.flush();
  }
}

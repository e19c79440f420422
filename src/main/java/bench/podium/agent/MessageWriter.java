package bench.podium.agent;

import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.Envelope;
import bench.podium.protocol.EpochMicros;
import bench.podium.protocol.ProtocolCodec;
import java.io.PrintStream;
import java.time.Clock;

/** Says facts on a stream, one line each, numbered without a gap. For one thread. */
public final class MessageWriter {

  private final Sender sender;
  private final ProtocolCodec codec;
  private final Clock clock;
  private final PrintStream out;
  private long sequence;

  /**
   * Who speaks.
   *
   * @param runUid uid of the run
   * @param podUid uid of the pod
   * @param worker index of the worker; 0 for a collector
   */
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

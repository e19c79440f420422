package bench.podium.pod;

import bench.podium.wire.EpochMicros;
import bench.podium.wire.Fact;
import bench.podium.wire.Line;
import bench.podium.wire.WireCodec;
import java.io.PrintStream;
import java.time.Clock;

/** Says facts on a stream, one line each, numbered without a gap. For one thread. */
public final class LineWriter {

  private final Speaker speaker;
  private final WireCodec codec;
  private final Clock clock;
  private final PrintStream out;
  private long sequence;

  /**
   * Who speaks.
   *
   * @param runUid uid of the run
   * @param podUid uid of the pod
   * @param worker index of the load pod; 0 for an observer
   */
  public record Speaker(String runUid, String podUid, int worker) {}

  public LineWriter(Speaker speaker, WireCodec codec, Clock clock, PrintStream out) {
    this.speaker = speaker;
    this.codec = codec;
    this.clock = clock;
    this.out = out;
  }

  public void say(Fact fact) {
    long now = EpochMicros.of(clock.instant());
    Line line =
        new Line(
            Line.VERSION,
            speaker.runUid(),
            speaker.podUid(),
            speaker.worker(),
            sequence++,
            now,
            fact);
    out.print(codec.encodeLine(line) + "\n");
    out.flush();
  }
}

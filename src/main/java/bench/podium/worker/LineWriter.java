package bench.podium.worker;

import bench.podium.wire.Fact;
import bench.podium.wire.Line;
import bench.podium.wire.WireCodec;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Says facts on a stream, one line each, numbered without a gap. For one thread. */
final class LineWriter {

  private final WorkerSettings settings;
  private final WireCodec codec;
  private final Clock clock;
  private final PrintStream out;
  private long sequence;

  LineWriter(WorkerSettings settings, WireCodec codec, Clock clock, PrintStream out) {
    this.settings = settings;
    this.codec = codec;
    this.clock = clock;
    this.out = out;
  }

  void say(Fact fact) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    Line line =
        new Line(
            Line.VERSION,
            settings.runUid(),
            settings.podUid(),
            settings.worker(),
            sequence++,
            now,
            fact);
    out.print(codec.encodeLine(line) + "\n");
    out.flush();
  }
}

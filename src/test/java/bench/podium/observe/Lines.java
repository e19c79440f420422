package bench.podium.observe;

import bench.podium.domain.measure.MeasurementFixture;
import bench.podium.wire.Fact;
import bench.podium.wire.Line;
import bench.podium.wire.WireCodec;
import bench.podium.wire.WorkerReport;
import java.util.List;

/** Lines of load pod 0 of run {@code run-1}. */
final class Lines {

  static final String RUN = "run-1";
  static final String POD = "pod-1";
  static final WireCodec CODEC = new WireCodec();

  /** 2026-01-01T00:00:00Z. */
  static final long EPOCH_MICROS = 1_767_225_600_000_000L;

  private Lines() {}

  static String line(long sequence, Fact fact) {
    return line(RUN, POD, sequence, EPOCH_MICROS, fact);
  }

  static String line(String run, String pod, long sequence, long atEpochMicros, Fact fact) {
    return CODEC.encodeLine(new Line(Line.VERSION, run, pod, 0, sequence, atEpochMicros, fact));
  }

  static WorkerReport report(int step, int attempt) {
    return new WorkerReport(step, attempt, 1, 1, MeasurementFixture.sound(0), "out");
  }

  static List<Fact.ResultPart> parts(int step, int attempt) {
    return CODEC.encodeReport(report(step, attempt));
  }
}

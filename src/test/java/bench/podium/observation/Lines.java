package bench.podium.observation;

import bench.podium.domain.measurement.MeasurementFixture;
import bench.podium.protocol.AgentMessage;
import bench.podium.protocol.AttemptResult;
import bench.podium.protocol.Envelope;
import bench.podium.protocol.ProtocolCodec;
import java.util.List;

/** Lines of worker 0 of run {@code run-1}. */
final class Lines {

  static final String RUN = "run-1";
  static final String POD = "pod-1";
  static final ProtocolCodec CODEC = new ProtocolCodec();

  /** 2026-01-01T00:00:00Z. */
  static final long EPOCH_MICROS = 1_767_225_600_000_000L;

  private Lines() {}

  static String line(long sequence, AgentMessage message) {
    return line(RUN, POD, sequence, EPOCH_MICROS, message);
  }

  static String line(
      String run, String pod, long sequence, long atEpochMicros, AgentMessage message) {
    return CODEC.encodeLine(
        new Envelope(Envelope.VERSION, run, pod, 0, sequence, atEpochMicros, message));
  }

  static AttemptResult report(int step, int attempt) {
    return new AttemptResult(step, attempt, 1, 1, MeasurementFixture.sound(0), "out");
  }

  static List<AgentMessage.ResultPart> parts(int step, int attempt) {
    return CODEC.encodeResult(report(step, attempt));
  }
}

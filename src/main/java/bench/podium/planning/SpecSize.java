package bench.podium.planning;

import bench.podium.api.v1alpha1.BenchmarkRunSpec;
import bench.podium.api.v1alpha1.Bounds;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Limits the size of a spec as JSON: its workload must fit into a ConfigMap. */
final class SpecSize {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SpecSize() {}

  static void check(BenchmarkRunSpec spec) {
    long bytes = bytes(spec);
    RejectedSpecException.check(
        bytes <= Bounds.SPEC_BYTES,
        "spec",
        "has %d bytes as JSON, at most %d fit into a ConfigMap; shorten the bodies, or split the run"
            .formatted(bytes, Bounds.SPEC_BYTES));
  }

  private static long bytes(BenchmarkRunSpec spec) {
    Counter counter = new Counter();
    try {
      JSON.writeValue(counter, spec);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return counter.bytes;
  }

  /** Counts bytes, so that the JSON of a large spec is not held in memory. */
  private static final class Counter extends OutputStream {

    private long bytes;

    @Override
    public void write(int one) {
      bytes++;
    }

    @Override
    public void write(byte[] all, int offset, int length) {
      bytes += length;
    }
  }
}

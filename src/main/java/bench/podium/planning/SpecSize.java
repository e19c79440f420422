package bench.podium.planning;

import bench.podium.api.v1alpha1.BenchmarkRunSpec;
import bench.podium.api.v1alpha1.Bounds;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A spec as JSON, as it stands in etcd and, with its workload, in a ConfigMap. */
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

  /** A large spec need not be held a second time. */
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

package bench.podium.worker;

import bench.podium.domain.measurement.ClockReading;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the synchronisation state of the node's clock with adjtimex(2), which needs no privileges.
 */
final class KernelClock {

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  // struct timex on 64-bit Linux.
  private static final long SIZE_OF_TIMEX = 208;
  private static final long OFFSET_OF_MAX_ERROR = 24;
  private static final long OFFSET_OF_STATUS = 40;
  private static final int STA_UNSYNC = 0x40;
  private static final int TIME_ERROR = 5;

  /** Maximum error that the kernel reports for an unsynchronised clock. */
  private static final long UNKNOWN_ERROR_MICROS = 16_000_000;

  private final MethodHandle adjtimex;

  @SuppressWarnings("restricted") // Native access is granted on the command line.
  KernelClock() {
    Linker linker = Linker.nativeLinker();
    this.adjtimex =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("adjtimex"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
  }

  /** Reads the clock's state. A clock that cannot be read counts as not synchronised. */
  ClockReading read() {
    try (Arena arena = Arena.ofConfined()) {
      // All zero, so modes = 0: only read.
      MemorySegment timex = arena.allocate(SIZE_OF_TIMEX, Long.BYTES);
      int state = (int) adjtimex.invokeExact(timex);
      if (state < 0) {
        return new ClockReading(bootId(), false, UNKNOWN_ERROR_MICROS);
      }
      int status = timex.get(ValueLayout.JAVA_INT, OFFSET_OF_STATUS);
      boolean synchronised = state != TIME_ERROR && (status & STA_UNSYNC) == 0;
      long maxError = timex.get(ValueLayout.JAVA_LONG, OFFSET_OF_MAX_ERROR);
      return new ClockReading(bootId(), synchronised, maxError);
    } catch (Throwable e) {
      throw new LinkageError("adjtimex", e);
    }
  }

  private static String bootId() throws IOException {
    return Files.readString(BOOT_ID).strip();
  }
}

package bench.podium.worker;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Sends SIGINT to a process with kill(2), which the Java API does not offer. */
final class Interrupts {

  private static final int SIGINT = 2;
  private static final MethodHandle KILL = kill();

  private Interrupts() {}

  @SuppressWarnings("restricted") // Native access is granted on the command line.
  private static MethodHandle kill() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("kill"),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }

  /** A process that has already ended is ignored. */
  static void send(Process process) {
    try {
      int _ = (int) KILL.invokeExact((int) process.pid(), SIGINT);
    } catch (Throwable e) {
      throw new LinkageError("kill", e);
    }
  }
}

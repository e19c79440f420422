package bench.podium.engine;

import java.nio.file.Path;

/** How a process is kept from sending before its time. */
public sealed interface StartGate {

  /**
   * It waits inside itself.
   *
   * @param parked a file that appears when nothing is left to do but to wait
   */
  record SelfTimed(Path parked) implements StartGate {}

  /**
   * It sends as soon as it runs, so it must not be started earlier. It may be started 150 ms later:
   * a worker is idle at the moment at which those of others begin.
   */
  record StartedAtT0() implements StartGate {}
}

package bench.podium.engine;

import java.nio.file.Path;

/** How a process is kept from sending before its start time. */
public sealed interface StartGate {

  /**
   * The process waits by itself.
   *
   * @param parked file that the process creates when it is ready and only waits
   */
  record SelfTimed(Path parked) implements StartGate {}

  /**
   * The process sends as soon as it runs, so it must not be started earlier. It may start up to 150
   * ms late: a worker does not poll while the engines of all workers begin to send.
   */
  record StartedAtT0() implements StartGate {}
}

package bench.podium.engine;

import java.nio.file.Path;

/** How a process is kept from sending before its time. */
public sealed interface Gate {

  /**
   * It waits inside itself.
   *
   * @param parked a file that appears when nothing is left to do but to wait
   */
  record Inside(Path parked) implements Gate {}

  /**
   * It sends as soon as it runs, so it must not be started earlier. It may be started 150 ms later:
   * a load pod is idle at the moment at which those of others begin.
   */
  record AtExec() implements Gate {}
}

package bench.podium.worker;

import bench.podium.engine.LoadAssignment;
import bench.podium.protocol.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Determines when a worker next polls for commands and checks its engine. It shares the cores with
 * its own engine and, on a full node, with other workers: one poll of 20 workers costs 14 ms of a
 * core, so no poll falls on the moment at which all engines start.
 */
final class PollSchedule {

  private static final Duration WAITING_FOR_COMMAND = Duration.ofMillis(20);
  private static final Duration ENGINE_WAITS = Duration.ofMillis(100);
  private static final Duration ENGINE_RUNS = Duration.ofMillis(250);

  /** No poll this long before and after the start of warm-up and measured part. */
  private static final Duration QUIET_PERIOD = Duration.ofMillis(50);

  private PollSchedule() {}

  /**
   * The time until the next poll.
   *
   * @param current the current attempt
   */
  static Duration pause(Optional<Attempt> current, Instant now) {
    return switch (current.orElse(null)) {
      case Attempt.Armed(Command.Arm arm) -> {
        Duration interval = now.isBefore(WorkerState.t0(arm)) ? ENGINE_WAITS : ENGINE_RUNS;
        Instant next = now.plus(interval);
        while (isQuiet(arm, next)) {
          next = next.plus(interval);
        }
        yield Duration.between(now, next);
      }
      case null, default -> WAITING_FOR_COMMAND;
    };
  }

  private static boolean isQuiet(Command.Arm arm, Instant at) {
    Instant t0 = WorkerState.t0(arm);
    return Stream.of(t0, LoadAssignment.measuredFrom(t0, Duration.ofMillis(arm.warmupMillis())))
        .anyMatch(
            begin ->
                at.isAfter(begin.minus(QUIET_PERIOD)) && at.isBefore(begin.plus(QUIET_PERIOD)));
  }
}

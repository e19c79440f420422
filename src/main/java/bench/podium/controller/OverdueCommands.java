package bench.podium.controller;

import bench.podium.wire.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which pods have been sent the same command for so long that the kubelet must be late with it: one
 * that lost the API server looks again after pauses of up to a minute and more.
 */
final class OverdueCommands {

  /** Of 300 steps of 20 load pods the median was armed after 0.8 s. */
  private static final Duration PATIENCE = Duration.ofMillis(1500);

  /** No command is waited for as long. */
  private static final Duration MEMORY = Duration.ofMinutes(10);

  private final Map<String, Sent> sent = new ConcurrentHashMap<>();

  /**
   * @param since when the command was first sent
   * @param last when it was last said to be overdue, or first sent
   */
  private record Sent(Command about, Instant since, Instant last) {}

  /**
   * Notes that a command is sent, once more perhaps: another asking for the same is the same.
   *
   * @param pod its namespace and name
   * @return whether it is to be sent the other way, too; anew after the same time
   */
  boolean isOverdue(String pod, Command command, Instant now) {
    Command about = about(command);
    sent.values().removeIf(each -> now.isAfter(each.since().plus(MEMORY)));
    Sent before =
        sent.compute(
            pod,
            (name, known) ->
                known == null || !known.about().equals(about) ? new Sent(about, now, now) : known);
    boolean overdue = !now.isBefore(before.last().plus(PATIENCE));
    if (overdue) {
      sent.put(pod, new Sent(about, before.since(), now));
    }
    return overdue;
  }

  private static Command about(Command command) {
    return switch (command) {
      case Command.Arm arm -> arm;
      case Command.Repeat(int step, int attempt, int _) -> new Command.Repeat(step, attempt, 0);
      case Command.RepeatSamples(int step, int attempt, long from, long until, int _) ->
          new Command.RepeatSamples(step, attempt, from, until, 0);
      case Command.Finish finish -> finish;
    };
  }
}

package bench.podium.controller.agent;

import bench.podium.protocol.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which pods have been sent the same command for so long that the kubelet must be late with it: one
 * that lost the API server looks again after pauses of up to a minute and more.
 */
final class CommandDeliveryTracker {

  /** Of 300 steps of 20 workers the median was armed after 0.8 s. */
  private static final Duration TIMEOUT = Duration.ofMillis(1500);

  /** A kubelet that was late is late with what comes next, too, until it has looked again. */
  private static final Duration MISTRUST = Duration.ofMinutes(2);

  private final Map<String, Sent> sent = new ConcurrentHashMap<>();

  /**
   * @param overdue whether it was when it was sent last
   * @param overdueAt when it is, or is anew, if it is sent then
   * @param trustedAt when another command has its time again
   */
  private record Sent(Command about, boolean overdue, Instant overdueAt, Instant trustedAt) {

    static Sent first(Command about, Instant now) {
      return new Sent(about, false, now.plus(TIMEOUT), now);
    }

    Sent then(Command next, Instant now) {
      boolean another = !about.equals(next);
      if (another && !now.isBefore(trustedAt)) {
        return first(next, now);
      }
      return another || !now.isBefore(overdueAt)
          ? new Sent(next, true, now.plus(TIMEOUT), now.plus(MISTRUST))
          : new Sent(next, false, overdueAt, trustedAt);
    }

    boolean isForgotten(Instant now) {
      return now.isAfter(overdueAt.plus(MISTRUST));
    }
  }

  /**
   * Notes that a command is sent, once more perhaps: another asking for the same is the same.
   *
   * @param pod its namespace and name
   * @return whether it is to be sent the other way, too; anew after the same time
   */
  boolean isOverdue(String pod, Command command, Instant now) {
    Command about = about(command);
    sent.values().removeIf(each -> each.isForgotten(now));
    return sent.compute(
            pod, (name, known) -> known == null ? Sent.first(about, now) : known.then(about, now))
        .overdue();
  }

  private static Command about(Command command) {
    return switch (command) {
      case Command.Arm arm -> arm;
      case Command.Abort abort -> abort;
      case Command.Discard discard -> discard;
      case Command.Repeat(int step, int attempt, int _) -> new Command.Repeat(step, attempt, 0);
      case Command.RepeatSamples(int step, int attempt, long from, long until, int _) ->
          new Command.RepeatSamples(step, attempt, from, until, 0);
      case Command.Finish finish -> finish;
    };
  }
}

package bench.podium.controller.agent;

import bench.podium.protocol.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tracks how long each pod has been sent the same command without effect. A pod whose kubelet lost
 * its connection to the API server may take a minute or more to see a changed annotation; such a
 * pod is also sent the command over standard input.
 */
final class CommandDeliveryTracker {

  /**
   * Time allowed for delivery by annotation. The median over 300 steps of 20 workers was 0.8 s
   * until all workers were armed.
   */
  private static final Duration DELIVERY_TIMEOUT = Duration.ofMillis(1500);

  /**
   * After a late delivery the pod's next commands count as late as well, for this long: the kubelet
   * stays slow until it has reconnected.
   */
  private static final Duration SLOW_KUBELET_PERIOD = Duration.ofMinutes(2);

  private final Map<String, Sent> sent = new ConcurrentHashMap<>();

  /**
   * @param command without the number that distinguishes repeated requests
   * @param overdue whether delivery had already taken too long at the last send
   * @param overdueAt from when on a further send of the same command counts as overdue
   * @param trustedAt from when on a different command gets the full delivery timeout again
   */
  private record Sent(Command command, boolean overdue, Instant overdueAt, Instant trustedAt) {

    static Sent first(Command command, Instant now) {
      return new Sent(command, false, now.plus(DELIVERY_TIMEOUT), now);
    }

    Sent next(Command next, Instant now) {
      boolean differs = !command.equals(next);
      if (differs && !now.isBefore(trustedAt)) {
        return first(next, now);
      }
      return differs || !now.isBefore(overdueAt)
          ? new Sent(next, true, now.plus(DELIVERY_TIMEOUT), now.plus(SLOW_KUBELET_PERIOD))
          : new Sent(next, false, overdueAt, trustedAt);
    }

    boolean isExpired(Instant now) {
      return now.isAfter(overdueAt.plus(SLOW_KUBELET_PERIOD));
    }
  }

  /**
   * Records that a command is sent. Requests that differ only in their number count as the same
   * command.
   *
   * @param pod namespace and name of the pod
   * @return whether the command should be sent over standard input as well; the delivery timeout
   *     starts again each time
   */
  boolean isOverdue(String pod, Command command, Instant now) {
    Command request = withoutRequestNumber(command);
    sent.values().removeIf(each -> each.isExpired(now));
    return sent.compute(
            pod,
            (name, known) -> known == null ? Sent.first(request, now) : known.next(request, now))
        .overdue();
  }

  private static Command withoutRequestNumber(Command command) {
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

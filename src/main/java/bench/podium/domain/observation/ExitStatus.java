package bench.podium.domain.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a container terminated.
 *
 * @param code exit code; 128 + n where signal n terminated it
 * @param reason set by the kubelet, such as OOMKilled or Evicted; may be empty
 */
public record ExitStatus(int code, String reason) {

  private static final int SIGNAL_BASE = 128;
  private static final int MAX_SIGNAL = 64;
  private static final String OOM_KILLED = "OOMKilled";

  /** Reasons that add nothing to the exit code. */
  private static final Set<String> UNINFORMATIVE_REASONS = Set.of("", "Error", "Completed");

  /** Linux signal numbers on amd64 and arm64. */
  private static final Map<Integer, String> SIGNAL_NAMES =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(10, "SIGUSR1"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(12, "SIGUSR2"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"),
          Map.entry(31, "SIGSYS"));

  /** The signal that terminated it; empty where the program exited by itself. */
  public Optional<String> signal() {
    int number = code - SIGNAL_BASE;
    return number < 1 || number > MAX_SIGNAL
        ? Optional.empty()
        : Optional.of(SIGNAL_NAMES.getOrDefault(number, "signal " + number));
  }

  /** Whether the kernel killed it for exceeding its memory limit. */
  public boolean outOfMemory() {
    return OOM_KILLED.equals(reason);
  }

  /**
   * The predicate of a sentence whose subject is the container: "ended with code 137 (SIGKILL)".
   */
  public String text() {
    if (code == 0) {
      return UNINFORMATIVE_REASONS.contains(reason)
          ? "ended by itself with code 0"
          : "ended with code 0 (%s)".formatted(reason);
    }
    List<String> details = new ArrayList<>();
    signal().ifPresent(details::add);
    if (outOfMemory()) {
      details.add("OOMKilled: out of memory");
    } else if (!UNINFORMATIVE_REASONS.contains(reason)) {
      details.add(reason);
    }
    return "ended with code " + code + (details.isEmpty() ? "" : " (%s)".formatted(join(details)));
  }

  private static String join(List<String> parts) {
    return String.join(", ", parts);
  }
}

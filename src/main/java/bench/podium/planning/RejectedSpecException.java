package bench.podium.planning;

import bench.podium.planning.PlanResult.Reason;
import java.util.ArrayList;
import java.util.List;

/** Carries the first fault of a spec up to {@link PlanFactory}; never leaves the package. */
final class RejectedSpecException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  RejectedSpecException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }

  static RejectedSpecException invalid(String field, String problem) {
    return new RejectedSpecException(Reason.INVALID, field + ": " + problem);
  }

  static <T> T required(String field, T value) {
    check(value != null, field, "is missing; set it");
    return value;
  }

  static void check(boolean sound, String field, String problem) {
    if (!sound) {
      throw invalid(field, problem);
    }
  }

  static int inRange(String field, int value, int low, int high) {
    check(
        low <= value && value <= high,
        field,
        "must be from " + low + " to " + high + ", not " + value);
    return value;
  }

  static void size(String field, List<?> items, int low, int high) {
    check(
        low <= items.size() && items.size() <= high,
        field,
        "must have " + low + " to " + high + " items, not " + items.size());
  }

  /** Items are told apart by this name, so it may stand only once. */
  static void unique(String list, String key, List<String> names) {
    List<String> observed = new ArrayList<>();
    for (String name : names) {
      check(
          !observed.contains(name),
          list + "[" + observed.size() + "]." + key,
          "\"" + name + "\" stands twice; give each its own");
      observed.add(name);
    }
  }
}

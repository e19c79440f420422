package bench.podium.planning;

import bench.podium.planning.PlanResult.Reason;
import java.util.ArrayList;
import java.util.List;

/** Reports the first invalid field of a spec to {@link PlanFactory}; never leaves the package. */
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

  static void check(boolean valid, String field, String problem) {
    if (!valid) {
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

  /** Rejects a name that occurs twice in a list. */
  static void unique(String list, String key, List<String> names) {
    List<String> earlier = new ArrayList<>();
    for (String name : names) {
      check(
          !earlier.contains(name),
          list + "[" + earlier.size() + "]." + key,
          "\"" + name + "\" stands twice; give each its own");
      earlier.add(name);
    }
  }
}

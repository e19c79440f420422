package bench.podium.observation;

import java.util.Map;

/** What Kubernetes leaves out where it is empty. */
final class StatusTexts {

  private StatusTexts() {}

  static Map<String, String> orEmpty(Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}

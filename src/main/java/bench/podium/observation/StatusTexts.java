package bench.podium.observation;

import java.util.Map;

/** Default values for fields that Kubernetes omits when they are empty. */
final class StatusTexts {

  private StatusTexts() {}

  static Map<String, String> orEmpty(Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}

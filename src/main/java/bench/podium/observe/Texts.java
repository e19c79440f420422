package bench.podium.observe;

import java.util.Map;

/** What Kubernetes leaves out where it is empty. */
final class Texts {

  private Texts() {}

  static Map<String, String> orEmpty(Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}

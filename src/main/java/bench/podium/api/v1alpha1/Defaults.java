package bench.podium.api.v1alpha1;

import java.util.List;
import java.util.Map;

/** Replacements for absent fields. */
final class Defaults {

  static <T> T or(T value, T fallback) {
    return value == null ? fallback : value;
  }

  static <T> List<T> list(List<T> value) {
    return value == null ? List.of() : List.copyOf(value);
  }

  static <K, V> Map<K, V> map(Map<K, V> value) {
    return value == null ? Map.of() : Map.copyOf(value);
  }

  private Defaults() {}
}

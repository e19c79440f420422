package bench.podium.planning;

import static bench.podium.planning.RejectedSpecException.check;

import bench.podium.api.v1alpha1.EnvironmentSpec;
import bench.podium.domain.plan.Environment;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Identifies the declared environment by the SHA-256 of its values as JSON: one object with sorted
 * keys and no whitespace, in UTF-8. The order of the values in the spec does not matter.
 */
final class EnvironmentHash {

  private static final ObjectMapper JSON = new ObjectMapper();

  private EnvironmentHash() {}

  static Environment of(EnvironmentSpec environment) {
    Map<String, String> values = environment == null ? Map.of() : environment.values();
    check(
        values.size() <= 64,
        "spec.environment.values",
        "must have at most 64 entries, not " + values.size());
    values.forEach(
        (key, value) -> {
          TextChecks.plain("spec.environment.values", key);
          TextChecks.plain("spec.environment.values." + key, value);
        });
    try {
      byte[] canonical = JSON.writeValueAsBytes(new TreeMap<>(values));
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical);
      return new Environment(HexFormat.of().formatHex(hash));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

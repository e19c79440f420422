package bench.podium.resources;

import bench.podium.domain.plan.RunIdentity;
import bench.podium.events.RunEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The names of a run's objects. The name of an object that may be created again contains a
 * generation, so that an outdated action cannot affect a newer object.
 */
public final class Names {

  private Names() {}

  public static String target(String run, String target) {
    return run + "-" + target;
  }

  public static String workersJob(String run, int generation) {
    return run + "-load-g" + generation;
  }

  public static String workload(String run) {
    return run + "-workload";
  }

  public static String index(String run) {
    return run + "-index";
  }

  /**
   * The name of a ConfigMap with a part of the results.
   *
   * @param hash hex digits of the content's hash; the first 16 are used
   */
  public static String part(String run, String hash) {
    return run + "-p-" + hash.substring(0, 16);
  }

  /**
   * The name of an Event. The same event of the same run always has the same name, so that it
   * cannot be emitted twice. Names sort in the order of the run, for Events with the same second.
   */
  public static String event(RunIdentity run, RunEvent event) {
    String which = String.join("\0", run.uid(), event.reason().text(), event.about());
    return "%s.%03d-%s-%s"
        .formatted(
            run.name(),
            event.position(),
            event.reason().text().toLowerCase(Locale.ROOT),
            sha256(which).substring(0, 16));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

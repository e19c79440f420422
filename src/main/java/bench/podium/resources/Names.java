package bench.podium.resources;

import bench.podium.domain.plan.RunIdentity;
import bench.podium.events.RunEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a run's objects are called. Names carry the generation where an object may be made again, so
 * that an old decision to schedule cannot touch a newer object.
 */
public final class Names {

  private Names() {}

  public static String target(String run, String target) {
    return run + "-" + target;
  }

  public static String load(String run, int generation) {
    return run + "-load-g" + generation;
  }

  public static String workload(String run) {
    return run + "-workload";
  }

  public static String index(String run) {
    return run + "-index";
  }

  /**
   * @param hash hex digits of the content's hash; the first 16 are used
   */
  public static String part(String run, String hash) {
    return run + "-p-" + hash.substring(0, 16);
  }

  /**
   * The same for the same event of the same run, whoever tells it: so it cannot be told twice. In
   * the order of the names those that a second does not tell apart stand in the order of the run.
   */
  public static String event(RunIdentity run, RunEvent event) {
    String which = String.join("\0", run.uid(), event.reason().text(), event.about());
    return "%s.%03d-%s-%s"
        .formatted(
            run.name(),
            event.place(),
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

package bench.podium.domain.plan;

/**
 * The declared part of the environment by its hash.
 *
 * @param sha256 64 hex digits
 */
public record Environment(String sha256) {

  /** What fits a label (no colon, at most 63 characters) and goes into the X-Env-ID header. */
  public String version() {
    return sha256.substring(0, 32);
  }
}

package bench.podium.domain.plan;

/**
 * The hash of the declared environment of a run: what must be equal for two runs to be comparable.
 *
 * @param sha256 64 hex digits
 */
public record Environment(String sha256) {

  /** The first 32 hex digits: they fit a label, and are sent in the X-Env-ID header. */
  public String version() {
    return sha256.substring(0, 32);
  }
}

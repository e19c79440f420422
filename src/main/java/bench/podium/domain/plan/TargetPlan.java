package bench.podium.domain.plan;

/**
 * What a worker must know of a target.
 *
 * @param host DNS name of its Service
 * @param readinessPath asked once by each worker before it is armed; starts with '/'
 */
public record TargetPlan(String name, String host, int port, String readinessPath) {

  /** The base of every request, always with its port: a minimal image has no list of services. */
  public String url() {
    return "http://" + host + ":" + port;
  }
}

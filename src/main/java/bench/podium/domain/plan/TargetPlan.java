package bench.podium.domain.plan;

/**
 * What a worker needs to know of a target.
 *
 * @param host DNS name of its Service
 * @param readinessPath requested once by each worker before it is armed; starts with '/'
 */
public record TargetPlan(String name, String host, int port, String readinessPath) {

  /** Base URL of every request, always with its port: a minimal image has no /etc/services. */
  public String url() {
    return "http://" + host + ":" + port;
  }
}

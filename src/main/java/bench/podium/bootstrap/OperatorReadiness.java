package bench.podium.bootstrap;

import io.javaoperatorsdk.operator.Operator;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness check of the operator. Replaces the framework's, which reports the whole operator as
 * not ready if a single namespace cannot be watched.
 */
@Readiness
@ApplicationScoped
public class OperatorReadiness implements HealthCheck {

  private final Operator operator;
  private final WatchedNamespaces namespaces;

  public OperatorReadiness(Operator operator, WatchedNamespaces namespaces) {
    this.operator = operator;
    this.namespaces = namespaces;
  }

  @Override
  public HealthCheckResponse call() {
    boolean started = operator.getRuntimeInfo().isStarted();
    var response = HealthCheckResponse.named("operator").status(started && namespaces.anyRead());
    if (started) {
      response.withData("not watched", String.join(", ", namespaces.unread()));
    }
    return response.build();
  }
}

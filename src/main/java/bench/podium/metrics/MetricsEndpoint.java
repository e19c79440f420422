package bench.podium.metrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.StringWriter;

/** Serves {@code /metrics} in the text format of Prometheus. */
@ApplicationScoped
public class MetricsEndpoint {

  private final CollectorRegistry registry;

  public MetricsEndpoint(CollectorRegistry registry) {
    this.registry = registry;
  }

  void register(@Observes Router router) {
    router.get("/metrics").handler(this::write);
  }

  private void write(RoutingContext request) {
    StringWriter text = new StringWriter();
    try {
      TextFormat.write004(text, registry.metricFamilySamples());
      request
          .response()
          .putHeader(HttpHeaders.CONTENT_TYPE, TextFormat.CONTENT_TYPE_004)
          .end(text.toString());
    } catch (IOException e) {
      request.fail(e);
    }
  }
}

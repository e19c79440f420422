package bench.podium.observation;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Objects of target gin of run shop, as the API server returns them. */
final class Targets {

  private Targets() {}

  /**
   * @param status in YAML
   */
  static Deployment deployment(String status) {
    return Serialization.unmarshal(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: shop-gin
          creationTimestamp: "2026-01-01T00:00:00Z"
          labels: {podium.bench/target: gin}
        spec: {replicas: 1}
        status: %s
        """
            .formatted(status),
        Deployment.class);
  }

  /**
   * @param spec in YAML
   */
  static Service service(String spec) {
    return Serialization.unmarshal(
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: shop-gin
          labels: {podium.bench/target: gin}
        spec: %s
        """
            .formatted(spec),
        Service.class);
  }
}

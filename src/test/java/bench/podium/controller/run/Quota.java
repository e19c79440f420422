package bench.podium.controller.run;

import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.util.Map;

/** A quota on a namespace's objects; the test takes the part of the controller that counts them. */
final class Quota {

  private final ResourceQuota quota;

  private Quota(ResourceQuota quota) {
    this.quota = quota;
  }

  static Quota ofConfigMaps(String namespace, int hard) {
    return of(namespace, "configmaps", hard);
  }

  private static Quota of(String namespace, String resource, int hard) {
    Map<String, Quantity> bound = Map.of(resource, new Quantity(Integer.toString(hard)));
    ResourceQuota quota =
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName("few")
            .endMetadata()
            .withNewSpec()
            .withHard(bound)
            .endSpec()
            .build();
    ResourceQuota created = ApiServer.client().resource(quota).create();
    ResourceQuota counted =
        new ResourceQuotaBuilder(created)
            .withNewStatus()
            .withHard(bound)
            .withUsed(Map.of(resource, new Quantity("0")))
            .endStatus()
            .build();
    return new Quota(ApiServer.client().resource(counted).updateStatus());
  }

  void lift() {
    ApiServer.client().resource(quota).delete();
  }
}

package bench.podium.chart;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rights that the chart grants to the operator, according to the API server's authorizer. */
@ExtendWith(ApiServer.class)
class ChartRightsIT {

  private static String own;
  private static String watched;
  private static String other;

  @BeforeAll
  static void installRoles() {
    own = ApiServer.namespace();
    watched = ApiServer.namespace();
    other = ApiServer.namespace();
    List<HasMetadata> objects =
        HelmChart.render(own, "watchNamespaces={" + watched + "}", "crds.install=false");
    objects.stream()
        .filter(object -> List.of("Role", "RoleBinding").contains(object.getKind()))
        .forEach(object -> ApiServer.client().resource(object).create());
    Awaitility.await().until(() -> operatorMay("list", "podium.bench", "benchmarkruns", watched));
  }

  @ParameterizedTest
  @CsvSource({
    "watch, podium.bench, benchmarkruns",
    "update, podium.bench, benchmarkruns/status",
    "patch, '', pods",
    "get, '', pods/log",
    "get, '', pods/attach",
    "create, '', services",
    "watch, '', services",
    "update, '', services",
    "update, '', configmaps",
    "create, '', events",
    "list, '', events",
    "create, apps, deployments",
    "create, batch, jobs",
    "delete, batch, jobs",
  })
  void grantsRequiredRightsInWatchedNamespaces(String verb, String group, String resource) {
    // When
    boolean allowedInWatched = operatorMay(verb, group, resource, watched);
    boolean allowedInOther = operatorMay(verb, group, resource, other);

    // Then
    assertThat(allowedInWatched).isTrue();
    assertThat(allowedInOther).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "create, podium.bench, benchmarkruns",
    "delete, podium.bench, benchmarkruns",
    "create, '', pods",
    "create, '', pods/exec",
    "delete, '', pods",
    "create, events.k8s.io, events",
    "get, '', events",
    "update, '', events",
    "patch, '', events",
    "delete, '', events",
    "get, '', secrets",
    "list, '', configmaps",
    "delete, '', configmaps",
    "update, podium.bench, benchmarkruns",
    "patch, podium.bench, benchmarkruns/status",
    "list, '', nodes",
    "get, '', nodes/proxy",
    "get, apiextensions.k8s.io, customresourcedefinitions",
    "create, rbac.authorization.k8s.io, rolebindings",
    "create, coordination.k8s.io, leases",
  })
  void grantsNoOtherRights(String verb, String group, String resource) {
    // When
    boolean allowed = operatorMay(verb, group, resource, watched);

    // Then
    assertThat(allowed).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"get", "create", "update", "patch"})
  void grantsLeaderElectionInItsNamespace(String verb) {
    // When
    boolean allowed = operatorMay(verb, "coordination.k8s.io", "leases", own);

    // Then
    assertThat(allowed).isTrue();
  }

  private static boolean operatorMay(String verb, String group, String resource, String namespace) {
    String[] parts = resource.split("/", 2);
    return ApiServer.client()
        .authorization()
        .v1()
        .subjectAccessReview()
        .create(
            new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser("system:serviceaccount:" + own + ":podium")
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(parts[0])
                .withSubresource(parts.length > 1 ? parts[1] : "")
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }
}

package bench.podium.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart rendered by helm, and validated by a real API server. */
@ExtendWith(ApiServer.class)
class ChartIT {

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("the defaults", new String[] {}),
        Arguments.of("several namespaces", new String[] {"watchNamespaces={default,kube-public}"}),
        Arguments.of("the whole cluster", new String[] {"rbac.clusterWide=true"}),
        Arguments.of(
            "minimal",
            new String[] {
              "crds.install=false", "rbac.aggregatedRoles=false", "metrics.scrape=false"
            }),
        Arguments.of(
            "all values",
            new String[] {
              "image.tag=1.2.3",
              "image.pullPolicy=Always",
              "imagePullSecrets={a,b}",
              "serviceAccount.name=other",
              "serviceAccount.annotations.a=b",
              "nodeSelector.disk=ssd",
              "tolerations[0].key=dedicated",
              "tolerations[0].operator=Exists",
              "podAnnotations.a=b",
              "podLabels.c=d",
              "log.level=DEBUG",
              "nameOverride=bench"
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("values")
  void rendersObjectsThatTheApiServerAccepts(String name, String[] values) {
    // Given
    String namespace = ApiServer.namespace();
    List<HasMetadata> objects = HelmChart.render(namespace, values);

    // When
    Throwable rejection =
        catchThrowable(
            () ->
                objects.forEach(
                    object -> ApiServer.client().resource(object).dryRun().serverSideApply()));

    // Then
    assertThat(rejection).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "log.level=INFO|bench",
        "watchNamespaces={a,b}|a,b",
        "rbac.clusterWide=true|JOSDK_ALL_NAMESPACES",
      })
  void setsTheWatchedNamespaces(String value, String namespaces) {
    // When
    Map<String, String> environment = environment(HelmChart.render("bench", value));

    // Then
    assertThat(environment).containsEntry("QUARKUS_OPERATOR_SDK_NAMESPACES", namespaces);
  }

  @Test
  void setsTheWorkerImage() {
    // When
    Map<String, String> environment =
        environment(
            HelmChart.render(
                "bench",
                "worker.image.repository=registry.example/worker",
                "worker.image.pullPolicy=Never"));

    // Then
    assertThat(environment)
        .containsEntry("PODIUM_WORKER_IMAGE", "registry.example/worker:0.1.0")
        .containsEntry("PODIUM_WORKER_PULL_POLICY", "Never");
  }

  @Test
  void containsTheCrdOfTheRepository() throws IOException {
    // When
    CustomResourceDefinition crd =
        HelmChart.only(CustomResourceDefinition.class, HelmChart.render("bench"));

    // Then
    assertThat(crd.getMetadata().getAnnotations())
        .containsExactly(Map.entry("helm.sh/resource-policy", "keep"));
    crd.getMetadata().setAnnotations(null);
    assertThat(Serialization.asYaml(crd))
        .isEqualTo(
            Serialization.asYaml(
                Serialization.unmarshal(
                    Files.readString(Path.of("crds/benchmarkruns.podium.bench-v1.yml")),
                    CustomResourceDefinition.class)));
  }

  @Test
  void runsUnderTheRestrictedPodSecurityLevel() {
    // Given
    String namespace = ApiServer.namespace();
    ApiServer.client()
        .namespaces()
        .withName(namespace)
        .edit(
            found ->
                new NamespaceBuilder(found)
                    .editMetadata()
                    .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                    .endMetadata()
                    .build());
    Pod pod = operatorPod(namespace);

    // When
    Throwable rejection = catchThrowable(() -> ApiServer.client().resource(pod).dryRun().create());

    // Then
    assertThat(rejection).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense=1, additional properties 'nonsense' not allowed",
    "image.pullPolicy=Sometimes, value must be one of",
    "watchNamespaces={My_Namespace}, does not match pattern",
    "crds.install=perhaps, got string",
  })
  void rejectsInvalidValues(String value, String message) {
    // When
    Throwable rejection = catchThrowable(() -> HelmChart.render("bench", value));

    // Then
    assertThat(rejection).hasMessageContaining(message);
  }

  private static Pod operatorPod(String namespace) {
    Deployment deployment = HelmChart.only(Deployment.class, HelmChart.render(namespace));
    return new PodBuilder()
        .withNewMetadata()
        .withName("operator")
        .withNamespace(namespace)
        .endMetadata()
        .withSpec(deployment.getSpec().getTemplate().getSpec())
        .build();
  }

  private static Map<String, String> environment(List<HasMetadata> objects) {
    Container operator =
        HelmChart.only(Deployment.class, objects)
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst();
    return operator.getEnv().stream()
        .filter(variable -> variable.getValue() != null)
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }
}

package bench.podium.controller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.Phase;
import bench.podium.api.v1alpha1.Verdict;
import bench.podium.resources.Labels;
import bench.podium.testing.ApiServer;
import bench.podium.testing.ApiWrites;
import bench.podium.testing.OperatorProcess;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator on a cluster with runs that an earlier version left, under its CRD. */
class EarlierVersionIT {

  private static final String NAMESPACE = "earlier";
  private static final ResourceDefinitionContext RUNS =
      new ResourceDefinitionContext.Builder()
          .withGroup(BenchmarkRun.GROUP)
          .withVersion(BenchmarkRun.VERSION)
          .withKind(BenchmarkRun.KIND)
          .withPlural("benchmarkruns")
          .withNamespaced(true)
          .build();

  @Test
  void leavesFinishedRunsAloneAndEndsTheOthersAsUnsupported(@TempDir Path folder) throws Exception {
    try (ApiServer.Separate api = ApiServer.separate()) {
      // Given
      KubernetesClient client = api.client();
      install(client, Path.of("src/test/resources/earlier-version/crd.yaml"));
      client
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
          .create();
      createRuns(client);
      createResults(client);
      install(client, Path.of("crds/benchmarkruns.podium.bench-v1.yml"));
      Map<String, String> finished =
          Map.of("kept", version(client, "kept"), "crash-one", version(client, "crash-one"));
      Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), api.kubeconfig());

      // When
      try (OperatorProcess operator =
          new OperatorProcess(NAMESPACE, "", folder, Map.of("KUBECONFIG", kubeconfig.toString()))) {
        await("the end of the unfinished run")
            .atMost(Duration.ofSeconds(60))
            .until(() -> read(client, "crash-long").getStatus().phase() == Phase.FINISHED);
        Map<String, Long> idle = ApiWrites.settled(client).since(Duration.ofSeconds(3));

        // Then
        BenchmarkRun ended = read(client, "crash-long");
        assertThat(ended.getStatus().verdict()).isEqualTo(Verdict.ERROR);
        assertThat(ended.getStatus().conditions())
            .filteredOn(condition -> List.of("Accepted", "Finished").contains(condition.type()))
            .hasSize(2)
            .allSatisfy(
                condition -> {
                  assertThat(condition.reason()).isEqualTo("Unsupported");
                  assertThat(condition.message()).contains("create a new run");
                });
        assertThat(idle).isEmpty();
        assertThat(version(client, "kept")).isEqualTo(finished.get("kept"));
        assertThat(version(client, "crash-one")).isEqualTo(finished.get("crash-one"));
        assertThat(operator.starts()).as(operator.log()).isEqualTo(1);
      }
    }
  }

  private static void install(KubernetesClient client, Path file) throws IOException {
    CustomResourceDefinition crd =
        Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
    client.resource(crd).forceConflicts().serverSideApply();
    client
        .resource(crd)
        .waitUntilCondition(
            now ->
                now != null
                    && now.getStatus() != null
                    && now.getStatus().getConditions() != null
                    && now.getStatus().getConditions().stream()
                        .anyMatch(
                            condition ->
                                condition.getType().equals("Established")
                                    && condition.getStatus().equals("True")),
            30,
            TimeUnit.SECONDS);
  }

  /** One has just ended: of such a run the operator reads the rows, for its Events. */
  private static void createRuns(KubernetesClient client) throws IOException {
    for (HasMetadata object : objects(client, "runs.yaml")) {
      GenericKubernetesResource run = (GenericKubernetesResource) object;
      Map<String, Object> status = run.get("status");
      if (run.getMetadata().getName().equals("crash-one")) {
        status.put(
            "completionTime",
            Instant.now().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC).toString());
      }
      GenericKubernetesResource created =
          client.genericKubernetesResources(RUNS).inNamespace(NAMESPACE).resource(run).create();
      created.setAdditionalProperty("status", status);
      client
          .genericKubernetesResources(RUNS)
          .inNamespace(NAMESPACE)
          .resource(created)
          .updateStatus();
    }
  }

  private static void createResults(KubernetesClient client) throws IOException {
    for (HasMetadata object : objects(client, "results.yaml")) {
      String run = object.getMetadata().getLabels().get(Labels.RUN);
      String uid = read(client, run).getMetadata().getUid();
      object.getMetadata().getLabels().put(Labels.RUN_UID, uid);
      client.configMaps().inNamespace(NAMESPACE).resource((ConfigMap) object).create();
    }
  }

  private static List<HasMetadata> objects(KubernetesClient client, String file)
      throws IOException {
    try (InputStream in =
        Files.newInputStream(Path.of("src/test/resources/earlier-version", file))) {
      return client.load(in).items();
    }
  }

  private static BenchmarkRun read(KubernetesClient client, String name) {
    return client.resources(BenchmarkRun.class).inNamespace(NAMESPACE).withName(name).require();
  }

  private static String version(KubernetesClient client, String name) {
    return client
        .genericKubernetesResources(RUNS)
        .inNamespace(NAMESPACE)
        .withName(name)
        .require()
        .getMetadata()
        .getResourceVersion();
  }
}

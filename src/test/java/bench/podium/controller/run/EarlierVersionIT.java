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
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
      api.install(crd("src/test/resources/earlier-version/crd.yaml"));
      client
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
          .create();
      createRuns(client);
      createResults(client);
      createWorkers(client, "crash-long");
      api.install(crd("crds/benchmarkruns.podium.bench-v1.yml"));
      Map<String, String> finished = versions(client);
      Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), api.kubeconfig());

      // When
      try (OperatorProcess operator =
          new OperatorProcess(NAMESPACE, "", folder, Map.of("KUBECONFIG", kubeconfig.toString()))) {
        await("the end of all runs")
            .atMost(Duration.ofSeconds(60))
            .until(() -> runs(client).allMatch(run -> run.getStatus().phase() == Phase.FINISHED));
        await("the end of the workers")
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    client.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems().isEmpty());
        await("the Events of the run that has just ended")
            .atMost(Duration.ofSeconds(20))
            .until(() -> events(client, "crash-one").contains("Finished"));
        Map<String, Long> idle = ApiWrites.settled(client).since(Duration.ofSeconds(3));

        // Then
        assertEnded(read(client, "crash-long"), "Unsupported", "create a new run");
        assertEnded(read(client, "with-a-row"), "Unsupported", "create a new run");
        assertThat(read(client, "with-a-row").getStatus().results())
            .singleElement()
            .satisfies(row -> assertThat(row.latencyMicros().p95()).isNull());
        assertEnded(read(client, "queued-seq"), "Invalid", "write @{seq}");
        assertThat(idle).isEmpty();
        assertThat(versions(client)).isEqualTo(finished);
        assertThat(operator.starts()).as(operator.log()).isEqualTo(1);
        assertThat(operator.log()).doesNotContain("NullPointerException");
      }
    }
  }

  private static void assertEnded(BenchmarkRun run, String reason, String message) {
    assertThat(run.getStatus().verdict()).isEqualTo(Verdict.ERROR);
    assertThat(run.getStatus().conditions())
        .filteredOn(condition -> condition.type().equals("Accepted"))
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.reason()).isEqualTo(reason);
              assertThat(condition.message()).contains(message);
            });
  }

  private static Stream<BenchmarkRun> runs(KubernetesClient client) {
    return client.resources(BenchmarkRun.class).inNamespace(NAMESPACE).list().getItems().stream();
  }

  private static List<String> events(KubernetesClient client, String run) {
    return client.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
        .filter(event -> event.getInvolvedObject().getName().equals(run))
        .map(Event::getReason)
        .toList();
  }

  /** Of the runs that had finished before. */
  private static Map<String, String> versions(KubernetesClient client) {
    return Stream.of("kept", "crash-one", "finished-seq")
        .collect(Collectors.toMap(name -> name, name -> version(client, name)));
  }

  /** The Job of the earlier version, with a pod that runs and obeys no command. */
  private static void createWorkers(KubernetesClient client, String run) {
    String uid = read(client, run).getMetadata().getUid();
    Map<String, String> labels =
        Map.of(Labels.RUN, run, Labels.RUN_UID, uid, Labels.ROLE, "load", Labels.GENERATION, "1");
    Job job =
        client
            .resource(
                new JobBuilder()
                    .withNewMetadata()
                    .withNamespace(NAMESPACE)
                    .withName(run + "-load-g1")
                    .withLabels(labels)
                    .endMetadata()
                    .withNewSpec()
                    .withNewTemplate()
                    .withNewSpec()
                    .withRestartPolicy("Never")
                    .addNewContainer()
                    .withName("worker")
                    .withImage("example/worker:1")
                    .endContainer()
                    .endSpec()
                    .endTemplate()
                    .endSpec()
                    .build())
            .create();
    Pod pod =
        client
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withNamespace(NAMESPACE)
                    .withName(run + "-load-g1-0-x")
                    .withLabels(labels)
                    .addNewOwnerReference()
                    .withApiVersion("batch/v1")
                    .withKind("Job")
                    .withName(job.getMetadata().getName())
                    .withUid(job.getMetadata().getUid())
                    .withController(true)
                    .endOwnerReference()
                    .endMetadata()
                    .withNewSpec()
                    .addNewContainer()
                    .withName("worker")
                    .withImage("example/worker:1")
                    .endContainer()
                    .endSpec()
                    .build())
            .create();
    pod.setStatus(
        new PodStatusBuilder()
            .withPhase("Running")
            .addNewContainerStatus()
            .withName("worker")
            .withImage("example/worker:1")
            .withImageID("")
            .withReady(true)
            .withRestartCount(0)
            .withNewState()
            .withNewRunning()
            .endRunning()
            .endState()
            .endContainerStatus()
            .build());
    client.resource(pod).updateStatus();
  }

  private static CustomResourceDefinition crd(String file) throws IOException {
    return Serialization.unmarshal(Files.readString(Path.of(file)), CustomResourceDefinition.class);
  }

  /** One has just ended: of such a run the operator reads the rows, for its Events. */
  private static void createRuns(KubernetesClient client) throws IOException {
    for (HasMetadata object : objects(client, "runs.yaml")) {
      GenericKubernetesResource run = (GenericKubernetesResource) object;
      Map<String, Object> status = run.get("status");
      if (run.getMetadata().getName().equals("crash-one")) {
        status.put("completionTime", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
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

package bench.podium.resources;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.protocol.Command;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules for the objects of every run. */
class ResourceRulesTest {

  private static final int NAME_LENGTH = 63;
  private static final String LABEL_VALUE = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";

  private final ResourcesFixture run = ResourcesFixture.ofLongestNames();

  @Test
  void limitsNamesOfTheLongestRunAndTarget() {
    // When
    List<HasMetadata> objects = run.all();

    // Then
    assertThat(objects)
        .hasSize(8)
        .extracting(object -> object.getMetadata().getName())
        .allSatisfy(name -> assertThat(name).hasSizeLessThanOrEqualTo(NAME_LENGTH));
  }

  @Test
  void limitsTheHostNameOfAWorkerInLateGenerations() {
    // Given: the host name of an Indexed Job's pod consists of the Job's name and the index
    int generation = 99_999;

    // When
    String job = run.workers().job(generation, 600).getMetadata().getName();

    // Then
    assertThat(job + "-99").hasSizeLessThanOrEqualTo(NAME_LENGTH);
  }

  @Test
  void setsValidLabels() {
    // When
    Stream<Map<String, String>> labels =
        Stream.concat(
            run.all().stream().map(object -> object.getMetadata().getLabels()),
            templates().map(template -> template.getMetadata().getLabels()));

    // Then
    assertThat(labels)
        .allSatisfy(
            each -> {
              assertThat(each).containsKeys(Labels.RUN, Labels.RUN_UID, Labels.ROLE);
              assertThat(each.values()).allSatisfy(v -> assertThat(v).matches(LABEL_VALUE));
            });
  }

  @Test
  void setsTheRunAsOwner() {
    // When
    List<HasMetadata> objects = run.all();

    // Then
    assertThat(objects)
        .allSatisfy(
            object ->
                assertThat(object.getMetadata().getOwnerReferences())
                    .singleElement()
                    .satisfies(
                        owner -> {
                          assertThat(owner.getUid()).isEqualTo(run.plan().run().uid());
                          assertThat(owner.getName()).isEqualTo(run.plan().run().name());
                          assertThat(owner.getController()).isTrue();
                        }));
  }

  @Test
  void mountsNoTokenAndSetsNoServiceAccount() {
    // When
    List<PodSpec> pods = templates().map(PodTemplateSpec::getSpec).toList();

    // Then
    assertThat(pods)
        .hasSize(3)
        .allSatisfy(
            pod -> {
              assertThat(pod.getAutomountServiceAccountToken()).isFalse();
              assertThat(pod.getServiceAccountName()).isNull();
              assertThat(pod.getVolumes()).noneMatch(volume -> volume.getProjected() != null);
              assertThat(pod.getHostNetwork()).isNull();
            });
  }

  @Test
  void runsWorkersWithoutPrivileges() {
    // When
    PodSpec pod = worker();

    // Then
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(WorkerResources.USER_ID);
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getContainers())
        .singleElement()
        .extracting(Container::getSecurityContext)
        .satisfies(
            context -> {
              assertThat(context.getAllowPrivilegeEscalation()).isFalse();
              assertThat(context.getReadOnlyRootFilesystem()).isTrue();
              assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
              assertThat(context.getCapabilities().getAdd()).isEmpty();
            });
  }

  @Test
  void mountsTheCommandVolumeWithoutSubPath() {
    // When
    PodSpec pod = worker();

    // Then
    Volume command =
        pod.getVolumes().stream()
            .filter(volume -> volume.getDownwardAPI() != null)
            .findFirst()
            .orElseThrow();
    assertThat(command.getDownwardAPI().getItems())
        .singleElement()
        .satisfies(
            item ->
                assertThat(item.getFieldRef().getFieldPath())
                    .isEqualTo("metadata.annotations['" + Command.ANNOTATION + "']"));
    assertThat(pod.getContainers().getFirst().getVolumeMounts())
        .allSatisfy(mount -> assertThat(mount.getSubPath()).isNull())
        .filteredOn(mount -> mount.getName().equals(command.getName()))
        .singleElement()
        .extracting(VolumeMount::getMountPath)
        .isEqualTo("/podium/command");
  }

  @Test
  void setsNoCpuLimitAndAMemoryRequestEqualToTheLimit() {
    // When
    var resources = worker().getContainers().getFirst().getResources();

    // Then
    assertThat(resources.getRequests().get("memory"))
        .isEqualTo(resources.getLimits().get("memory"));
    assertThat(resources.getLimits()).containsOnlyKeys("memory");
    assertThat(resources.getRequests()).containsEntry("cpu", new Quantity("25m"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{limits: {memory: 1Gi}}                             | {cpu=25m}              | {memory=1Gi}",
        "{requests: {memory: 1Gi}}                           | {cpu=25m, memory=1Gi}  | {}",
        "{limits: {cpu: 2}}                                  | {memory=162Mi}         | {cpu=2, memory=162Mi}",
        "{requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 2}} | {cpu=1, memory=1Gi}    | {cpu=2}",
      })
  void replacesRequestAndLimitOfResourcesInTheTemplate(
      String resources, String requests, String limits) {
    // Given
    ResourcesFixture run =
        ResourcesFixture.of(
            """
            metadata: {name: shop, namespace: bench, uid: uid-1}
            spec:
              targets: [{name: gin, deploy: {image: example/gin:1}}]
              workload: {requests: [{name: read, path: /}]}
              load:
                stages: [{name: one, connections: 1, duration: 10s}]
                template: {resources: %s}
            """
                .formatted(resources));

    // When
    PodSpec pod = run.workers().job(1, 600).getSpec().getTemplate().getSpec();

    // Then
    var actual = pod.getContainers().getFirst().getResources();
    assertThat(actual.getRequests()).hasToString(requests);
    assertThat(actual.getLimits()).hasToString(limits);
  }

  @ParameterizedTest
  @CsvSource({
    // 160 MiB + 32 KiB per connection of one worker in the largest stage + 2 MiB per thread
    "1, 1, 1, 1, 162Mi",
    "1, 1, 8, 8, 162Mi",
    "1, 2, 64, 1024, 196Mi",
    "4, 2, 1000, 5000, 203Mi",
    "4, 2, 5000, 1000, 203Mi",
    "100, 1, 100, 1000000, 474Mi",
  })
  void sizesMemoryByThreadsAndConnectionsOfTheLargestStage(
      int workers, int threads, int connections, int otherConnections, String memory) {
    // Given
    ResourcesFixture run =
        ResourcesFixture.of(
            """
            metadata: {name: shop, namespace: bench, uid: uid-1}
            spec:
              targets: [{name: gin, deploy: {image: example/gin:1}}]
              workload: {requests: [{name: read, path: /}]}
              load:
                workers: %d
                threads: %d
                stages:
                - {name: one, connections: %d, duration: 10s}
                - {name: other, connections: %d, duration: 10s}
            """
                .formatted(workers, threads, connections, otherConnections));

    // When
    PodSpec pod = run.workers().job(1, 600).getSpec().getTemplate().getSpec();

    // Then
    assertThat(pod.getContainers().getFirst().getResources().getLimits().get("memory"))
        .hasToString(memory);
  }

  @Test
  void selectsPodsOfItsTargetOnly() {
    // Given
    List<Map<String, String>> pods =
        templates().map(template -> template.getMetadata().getLabels()).toList();

    // When
    List<Map<String, String>> selectors =
        run.targets().stream().map(target -> target.service().getSpec().getSelector()).toList();

    // Then
    assertThat(selectors)
        .hasSize(2)
        .allSatisfy(
            selector ->
                assertThat(pods)
                    .filteredOn(pod -> pod.entrySet().containsAll(selector.entrySet()))
                    .hasSize(1));
    assertThat(run.targets())
        .extracting(target -> target.deployment().getSpec().getSelector().getMatchLabels())
        .isEqualTo(selectors);
  }

  @Test
  void changesOnlyNameAndLabelBetweenGenerations() {
    // Given
    PodTemplateSpec first = run.workers().job(1, 600).getSpec().getTemplate();

    // When
    var second = run.workers().job(2, 600);

    // Then
    Map<String, String> labels = new HashMap<>(first.getMetadata().getLabels());
    labels.put(Labels.GENERATION, "2");
    assertThat(second.getMetadata().getName()).endsWith("-load-g2");
    assertThat(second.getMetadata().getLabels()).isEqualTo(labels);
    assertThat(second.getSpec().getTemplate().getSpec()).isEqualTo(first.getSpec());
  }

  private PodSpec worker() {
    return run.workers().job(1, 600).getSpec().getTemplate().getSpec();
  }

  private Stream<PodTemplateSpec> templates() {
    return Stream.concat(
        Stream.of(run.workers().job(1, 600).getSpec().getTemplate()),
        run.targets().stream().map(target -> target.deployment().getSpec().getTemplate()));
  }
}

package bench.podium.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import bench.podium.api.v1alpha1.AdmissionCase;
import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real API server accepts the objects of runs, with strict field validation. */
@ExtendWith(ApiServer.class)
class ResourcesIT {

  private static String namespace;

  @BeforeAll
  static void createNamespace() {
    namespace = ApiServer.namespace();
  }

  /** The golden files of all cases. */
  static List<Path> golden() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources/golden"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("out-"))
          .sorted()
          .toList();
    }
  }

  static Stream<HasMetadata> longest() {
    ResourcesFixture objects = ResourcesFixture.ofLongestNames();
    return Stream.concat(objects.all().stream(), Stream.of(objects.event()));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void acceptsGoldenObjects(Path file) throws IOException {
    // Given
    HasMetadata object =
        (HasMetadata) Serialization.unmarshal(Files.readString(file), KubernetesResource.class);

    // When
    Throwable refusal = catchThrowable(() -> create(namespace, object));

    // Then
    assertThat(refusal).isNull();
  }

  @ParameterizedTest
  @MethodSource("longest")
  void acceptsTheLongestNames(HasMetadata object) {
    // When
    Throwable refusal = catchThrowable(() -> create(namespace, object));

    // Then
    assertThat(refusal).isNull();
  }

  static Stream<AdmissionCase> valid() {
    return Stream.concat(AdmissionCase.in("valid"), AdmissionCase.samples());
  }

  /** If Kubernetes rejected one of these objects, the spec should be rejected. */
  @ParameterizedTest
  @MethodSource("valid")
  void acceptsObjectsOfAllValidRuns(AdmissionCase given) {
    // Given
    BenchmarkRun run = given.runs().getFirst();
    run.getMetadata().setNamespace(namespace);
    run.getMetadata().setUid("6e8a7f0c-0000-4000-8000-000000000005");
    List<HasMetadata> objects = new ResourcesFixture(run).all();

    // When
    Throwable refusal = catchThrowable(() -> objects.forEach(object -> create(namespace, object)));

    // Then
    assertThat(refusal).isNull();
  }

  @Test
  void acceptsWorkersUnderTheRestrictedPodSecurityLevel() {
    // Given
    String restricted = restrictedNamespace();
    PodTemplateSpec template =
        ResourcesFixture.ofLongestNames().workers().job(1, 600).getSpec().getTemplate();
    Pod pod = pod(template);
    Pod privileged = pod(template);
    privileged.getSpec().getSecurityContext().setRunAsNonRoot(false);

    // When
    Throwable refusal = catchThrowable(() -> create(restricted, pod));

    // Then
    assertThat(refusal).isNull();
    assertThat(catchThrowable(() -> create(restricted, privileged)))
        .as("pod that the level forbids")
        .hasMessageContaining("runAsNonRoot");
  }

  @Test
  void acceptsATargetWithASecurityContextUnderTheRestrictedLevel() {
    // Given
    String restricted = restrictedNamespace();
    ResourcesFixture objects =
        ResourcesFixture.of(
            """
            metadata: {name: shop, namespace: bench, uid: uid-1}
            spec:
              targets:
              - name: gin
                deploy: {image: "example/gin:1"}
              - name: placed
                deploy:
                  image: example/gin:1
                  podTemplate:
                    securityContext:
                      runAsNonRoot: true
                      dropCapabilities: [ALL]
                      seccompProfile: RuntimeDefault
              workload: {requests: [{name: read, path: /}]}
              load: {stages: [{name: c8, connections: 8, duration: 10s}]}
            """);
    Pod plain = pod(objects.targets().getFirst().deployment().getSpec().getTemplate());
    Pod placed = pod(objects.targets().getLast().deployment().getSpec().getTemplate());

    // When
    Throwable refusal = catchThrowable(() -> create(restricted, placed));

    // Then
    assertThat(refusal).isNull();
    assertThat(catchThrowable(() -> create(restricted, plain)))
        .as("pod that the level forbids")
        .hasMessageContaining("runAsNonRoot");
  }

  private static Pod pod(PodTemplateSpec template) {
    return new PodBuilder()
        .withMetadata(template.getMetadata())
        .editMetadata()
        .withName("load-0")
        .endMetadata()
        .withSpec(template.getSpec().edit().build())
        .build();
  }

  /** Admission needs a service account, and no controller creates one. */
  private static String restrictedNamespace() {
    String name = ApiServer.namespace();
    Namespace stored = ApiServer.client().namespaces().withName(name).require();
    stored.getMetadata().getLabels().put("pod-security.kubernetes.io/enforce", "restricted");
    ApiServer.client().resource(stored).update();
    ApiServer.client()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(name)
                .withName("default")
                .endMetadata()
                .build())
        .create();
    return name;
  }

  private static void create(String where, HasMetadata object) {
    object.getMetadata().setNamespace(where);
    if (object instanceof Event event) {
      event.getInvolvedObject().setNamespace(where);
    }
    ApiServer.client().resource(object).dryRun(true).fieldValidation(Validation.STRICT).create();
  }
}

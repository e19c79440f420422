package bench.podium.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real API server accepts, rejects and defaults with the published CRD. */
@ExtendWith(ApiServer.class)
class AdmissionIT {

  private static String namespace;

  @BeforeAll
  static void installCrd() throws IOException {
    ApiServer.install(
        Serialization.unmarshal(
            Files.readString(Path.of("crds/benchmarkruns.podium.bench-v1.yml")),
            CustomResourceDefinition.class));
    namespace = ApiServer.namespace();
  }

  static Stream<AdmissionCase> valid() {
    return Stream.concat(AdmissionCase.in("valid"), AdmissionCase.samples());
  }

  static Stream<AdmissionCase> invalid() {
    return AdmissionCase.in("invalid");
  }

  static Stream<AdmissionCase> updates() {
    return AdmissionCase.in("update");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void acceptsValidRuns(AdmissionCase given) {
    // Given
    NamespaceableResource<GenericKubernetesResource> run = resource(given.objects().getFirst());

    // When
    Throwable rejection = catchThrowable(() -> create(run, true));

    // Then
    assertThat(rejection).isNull();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void rejectsInvalidRunsWithFieldAndReason(AdmissionCase given) {
    // Given
    NamespaceableResource<GenericKubernetesResource> run = resource(given.objects().getFirst());

    // When
    Throwable rejection = catchThrowable(() -> create(run, true));

    // Then
    assertThat(rejection)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(given.required("field"))
        .hasMessageContaining(given.required("expect"));
  }

  @ParameterizedTest
  @MethodSource("updates")
  void permitsOnlyMutableFieldsToChangeAfterTheStart(AdmissionCase given) {
    // Given
    GenericKubernetesResource before = named(given.objects().getFirst(), given);
    GenericKubernetesResource after = named(given.objects().getLast(), given);
    GenericKubernetesResource created = create(resource(before), false);
    if (given.comment("started").equals("true")) {
      created.setAdditionalProperty("status", Map.of("startTime", "2026-01-01T00:00:00Z"));
      resource(created).inNamespace(namespace).updateStatus();
    }

    // When
    Throwable rejection =
        catchThrowable(
            () ->
                resource(after).inNamespace(namespace).fieldValidation(Validation.STRICT).update());

    // Then
    if (given.required("expect").equals("accepted")) {
      assertThat(rejection).isNull();
    } else {
      assertThat(rejection).hasMessageContaining(given.required("expect"));
    }
  }

  @Test
  void rejectsTextsThatAreTooLargeTogetherAndShowsTheirSum() {
    // Given
    NamespaceableResource<GenericKubernetesResource> run = resource(withBodies(17));

    // When
    Throwable rejection = catchThrowable(() -> create(run, true));

    // Then
    assertThat(rejection)
        .hasMessageContaining(
            "have 1020017 bytes together, at most 1000000 fit into a ConfigMap: shorten the bodies, or"
                + " split the run");
  }

  @Test
  void acceptsTextsThatFitTogether() {
    // Given
    NamespaceableResource<GenericKubernetesResource> run = resource(withBodies(16));

    // When
    Throwable rejection = catchThrowable(() -> create(run, false));

    // Then
    assertThat(rejection).isNull();
  }

  /** Each body has 30,000 characters of two bytes; each path has one byte. */
  private static GenericKubernetesResource withBodies(int bodies) {
    GenericKubernetesResource run = smallest().objects().getFirst();
    run.getMetadata().setName("bodies");
    Map<String, Object> workload = run.get("spec", "workload");
    workload.put(
        "requests",
        IntStream.range(0, bodies)
            .mapToObj(each -> Map.of("name", "b" + each, "path", "/", "body", "ü".repeat(30_000)))
            .toList());
    return run;
  }

  @Test
  void acceptsPlaceholdersInAllHeadersOfAllRequests() {
    // Given
    GenericKubernetesResource run = smallest().objects().getFirst();
    run.getMetadata().setName("headers");
    Map<String, Object> workload = run.get("spec", "workload");
    workload.put("requests", IntStream.range(0, 32).mapToObj(AdmissionIT::withHeaders).toList());

    // When
    Throwable rejection = catchThrowable(() -> create(resource(run), true));

    // Then
    assertThat(rejection).isNull();
  }

  /** 32 values of 800 characters with two placeholders each. */
  private static Map<String, Object> withHeaders(int request) {
    return Map.of(
        "name",
        "r" + request,
        "path",
        "/@{seq}",
        "headers",
        IntStream.range(0, 32)
            .mapToObj(
                each ->
                    Map.of("name", "X-" + each, "value", "@{seq} @{int 1 9} " + "x".repeat(782)))
            .toList());
  }

  private static AdmissionCase smallest() {
    return AdmissionCase.in("valid")
        .filter(c -> c.toString().equals("smallest.yaml"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void fillsInTheSameDefaultsAsTheRecords() {
    // Given
    AdmissionCase smallest = smallest();

    // When
    GenericKubernetesResource stored = create(resource(smallest.objects().getFirst()), true);

    // Then
    Object inCode =
        Serialization.unmarshal(
            Serialization.asJson(smallest.runs().getFirst().getSpec()), Map.class);
    assertThat(stored.<Object>get("spec")).isEqualTo(inCode);
  }

  private static GenericKubernetesResource named(
      GenericKubernetesResource run, AdmissionCase given) {
    run.getMetadata().setName(given.toString().replace(".yaml", ""));
    return run;
  }

  private static NamespaceableResource<GenericKubernetesResource> resource(
      GenericKubernetesResource run) {
    return ApiServer.client().resource(run);
  }

  private static GenericKubernetesResource create(
      NamespaceableResource<GenericKubernetesResource> run, boolean dryRun) {
    return run.inNamespace(namespace).dryRun(dryRun).fieldValidation(Validation.STRICT).create();
  }
}

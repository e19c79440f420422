package bench.podium.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.DeploySpec;
import bench.podium.controller.run.StoredRuns;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.plan.RunIdentity;
import bench.podium.domain.plan.RunPlan;
import bench.podium.resources.CollectorSetup;
import bench.podium.resources.ResultResources;
import bench.podium.resources.TargetResources;
import bench.podium.resources.WorkerImage;
import bench.podium.resources.WorkerResources;
import bench.podium.testing.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The writes of a leader that wakes up after a long pause, on a real API server. */
@ExtendWith(ApiServer.class)
class GuardedWritesIT {

  private final KubernetesClient client = ApiServer.client();
  private final GuardedWrites writes = new GuardedWrites(client);
  private final StoredRuns runs = new StoredRuns();
  private BenchmarkRun run;
  private RunPlan plan;

  @BeforeEach
  void createRun() {
    run = runs.create("shop");
    plan = StoredRuns.plan(run);
  }

  @Test
  void acceptsAnObjectThatThisRunHasAlreadyCreated() {
    // Given
    writes.create(plan.run(), index());
    String version = stored(index()).getMetadata().getResourceVersion();

    // When
    Optional<Problem> problem = writes.create(plan.run(), index());

    // Then
    assertThat(problem).isEmpty();
    assertThat(stored(index()).getMetadata().getResourceVersion()).isEqualTo(version);
  }

  @Test
  void reportsAnObjectOfAnotherOwnerAndLeavesItUnchanged() {
    // Given
    HasMetadata foreign =
        client
            .resource(
                new ConfigMapBuilder()
                    .withNewMetadata()
                    .withNamespace(runs.namespace())
                    .withName("shop-index")
                    .endMetadata()
                    .withData(Map.of("whose", "another's"))
                    .build())
            .create();

    // When
    Optional<Problem> problem = writes.create(plan.run(), index());

    // Then
    assertThat(problem)
        .hasValueSatisfying(
            why -> {
              assertThat(why.kind()).isEqualTo(Problem.Kind.NAME_TAKEN);
              assertThat(why.message()).contains("ConfigMap shop-index", "not belong to this run");
            });
    assertThat(stored(index())).isEqualTo(foreign);
  }

  @Test
  void reportsAnObjectOfAnEarlierRunWithTheSameName() {
    // Given
    writes.create(plan.run(), index());
    RunIdentity later = new RunIdentity(runs.namespace(), "shop", "another-uid");

    // When
    Optional<Problem> problem = writes.create(later, index());

    // Then
    assertThat(problem).map(Problem::kind).contains(Problem.Kind.NAME_TAKEN);
  }

  @Test
  void reportsTheApiServersMessageForARejectedObject() {
    // Given
    ConfigMap invalid = index();
    invalid.setData(Map.of("no/key", ""));

    // When
    Optional<Problem> problem = writes.create(plan.run(), invalid);

    // Then
    assertThat(problem)
        .hasValueSatisfying(
            why -> {
              assertThat(why.kind()).isEqualTo(Problem.Kind.INVALID);
              assertThat(why.message()).contains("shop-index", "no/key");
            });
  }

  @Test
  void classifiesARejectionByAPolicyAsForbidden() {
    // Given: a policy, which also answers with 422, once the API server has loaded it
    List<HasMetadata> policy = policyAgainstIndexes();
    await().atMost(Duration.ofSeconds(60)).until(this::indexIsRejected);

    // When
    Optional<Problem> problem = writes.create(plan.run(), index());

    // Then
    client.resourceList(policy).delete();
    assertThat(problem)
        .hasValueSatisfying(
            why -> {
              assertThat(why.kind()).isEqualTo(Problem.Kind.FORBIDDEN);
              assertThat(why.message()).contains("ValidatingAdmissionPolicy", "no index here");
            });
  }

  private List<HasMetadata> policyAgainstIndexes() {
    String yaml =
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: NAMESPACE}
        spec:
          matchConstraints:
            resourceRules:
            - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}
          validations:
          - {expression: "object.metadata.name != 'shop-index'", message: no index here}
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {name: NAMESPACE}
        spec:
          policyName: NAMESPACE
          validationActions: [Deny]
          matchResources:
            namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NAMESPACE}}
        """
            .replace("NAMESPACE", runs.namespace());
    return client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).create();
  }

  private boolean indexIsRejected() {
    try {
      client.resource(index()).dryRun().create();
      return false;
    } catch (KubernetesClientException e) {
      return e.getCode() == GuardedWrites.UNPROCESSABLE;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ConfigMap", "Job", "Service", "Deployment"})
  void deletesTheObjectWithTheUid(String kind) {
    // Given
    HasMetadata object = object(kind);
    writes.create(plan.run(), object);

    // When
    writes.delete(stored(object));

    // Then
    assertThat(client.resource(object).get()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ConfigMap", "Job", "Service", "Deployment"})
  void leavesANewObjectWithTheNameOfADeletedOne(String kind) {
    // Given
    HasMetadata object = object(kind);
    writes.create(plan.run(), object);
    HasMetadata before = stored(object);
    writes.delete(before);
    writes.create(plan.run(), object(kind));
    String successor = stored(object).getMetadata().getUid();

    // When
    writes.delete(before);

    // Then
    assertThat(stored(object).getMetadata().getUid()).isEqualTo(successor);
    assertThat(stored(object).getMetadata().getDeletionTimestamp()).isNull();
  }

  @Test
  void ignoresTheDeletionOfAnObjectThatDoesNotExist() {
    // Given
    writes.create(plan.run(), index());
    HasMetadata index = stored(index());
    client.resource(index).delete();

    // When
    writes.delete(index);

    // Then
    assertThat(client.resource(index).get()).isNull();
  }

  private ConfigMap index() {
    return new ResultResources(plan).emptyIndex();
  }

  private HasMetadata object(String kind) {
    DeploySpec deploy = run.getSpec().targets().getFirst().deploy();
    WorkerImage image = new WorkerImage("podium/worker:1", "Never");
    CollectorSetup collector = new CollectorSetup(image, Duration.ofSeconds(1), 100);
    TargetResources target = new TargetResources(plan, plan.target("gin"), deploy, collector);
    WorkerResources load = new WorkerResources(plan, image, run.getSpec().load().template());
    return List.of(index(), load.job(1, 600), target.service(), target.deployment()).stream()
        .filter(object -> object.getKind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private HasMetadata stored(HasMetadata object) {
    return client.resource(object).require();
  }
}

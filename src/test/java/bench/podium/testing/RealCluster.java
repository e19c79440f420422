package bench.podium.testing;

import static org.awaitility.Awaitility.await;

import bench.podium.api.v1alpha1.BenchmarkRun;
import bench.podium.api.v1alpha1.ConditionStatus;
import bench.podium.api.v1alpha1.ResultRow;
import bench.podium.api.v1alpha1.RunCondition;
import bench.podium.resources.Labels;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real cluster with an installed operator, given by {@code PODIUM_KUBECONFIG}. Runs are created
 * in the namespace {@value #NAMESPACE} unless another one is given.
 */
public final class RealCluster implements BeforeAllCallback, AfterAllCallback {

  /** The namespace that the installed operator watches. */
  public static final String NAMESPACE = "podium-e2e";

  /** The namespace of the installed operator. */
  public static final String OPERATOR_NAMESPACE = "podium-e2e-system";

  /** Reasons of Events that depend on the speed of the machine. */
  private static final Set<String> TIMING_DEPENDENT = Set.of("Queued", "AttemptAborted");

  private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

  private final String namespace;
  private Config config;
  private KubernetesClient client;

  /** Uses the namespace that the installed operator watches. */
  public RealCluster() {
    this(NAMESPACE);
  }

  /**
   * @param namespace for an operator that the test starts; created if it does not exist
   */
  public RealCluster(String namespace) {
    this.namespace = namespace;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    String kubeconfig =
        Optional.ofNullable(System.getenv("PODIUM_KUBECONFIG"))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "set PODIUM_KUBECONFIG to a cluster with the operator; `make e2e` does"));
    config = Config.fromKubeconfig(Path.of(kubeconfig).toFile());
    config.setNamespace(namespace);
    // The API server may fail in a test: this client must notice it, like the operator's client.
    config.setConnectionTimeout(2_000);
    config.setRequestTimeout(5_000);
    config.setWebsocketPingInterval(2_000L);
    client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientFactory(new OkHttpClientFactory())
            .build();
    if (client.namespaces().withName(namespace).get() == null) {
      client
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
          .create();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    client.close();
  }

  /** The namespace in which runs are created. */
  public String namespace() {
    return namespace;
  }

  public KubernetesClient client() {
    return client;
  }

  /** Starts to audit the load of a run; call it before the run is created. */
  public LoadAudit audit(String run) {
    return new LoadAudit(config, namespace, run);
  }

  /** Deletes a run with its objects, and waits until they are gone. */
  public void remove(String run) {
    client.resources(BenchmarkRun.class).inNamespace(namespace).withName(run).delete();
    await("run " + run + " gone").atMost(Duration.ofSeconds(60)).until(() -> find(run).isEmpty());
    await("pods of " + run + " gone")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(POLL_INTERVAL)
        .until(() -> pods(run).isEmpty());
  }

  /** Creates a run from {@code src/test/resources/e2e}, after removing an earlier one. */
  public void apply(String run) {
    try (InputStream yaml = getClass().getResourceAsStream("/e2e/" + run + ".yaml")) {
      apply(client.getKubernetesSerialization().unmarshal(yaml, BenchmarkRun.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a run from {@code src/test/resources/e2e} and replaces the value of one field.
   *
   * @param path JSON pointer of the field, such as {@code /spec/cleanup/pods}
   */
  public BenchmarkRun read(String run, String path, String value) {
    return read(run, Map.of(path, value));
  }

  /**
   * Reads a run from {@code src/test/resources/e2e} and replaces the values of some fields.
   *
   * @param values by JSON pointer of the field
   */
  public BenchmarkRun read(String run, Map<String, String> values) {
    var serialization = client.getKubernetesSerialization();
    try (InputStream yaml = getClass().getResourceAsStream("/e2e/" + run + ".yaml")) {
      ObjectNode tree = serialization.unmarshal(yaml, ObjectNode.class);
      values.forEach(
          (path, value) -> {
            JsonPointer field = JsonPointer.compile(path);
            tree.withObject(field.head()).put(field.last().getMatchingProperty(), value);
          });
      return serialization.convertValue(tree, BenchmarkRun.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates a run, after removing an earlier one of the same name. */
  public void apply(BenchmarkRun run) {
    remove(run.getMetadata().getName());
    client.resource(run).inNamespace(namespace).create();
  }

  public Optional<BenchmarkRun> find(String run) {
    return Optional.ofNullable(
        client.resources(BenchmarkRun.class).inNamespace(namespace).withName(run).get());
  }

  /** Changes a field of a run's spec, like {@code kubectl patch}. */
  public void patchSpec(String run, String field, boolean value) {
    client
        .resources(BenchmarkRun.class)
        .inNamespace(namespace)
        .withName(run)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"%s\":%s}}".formatted(field, value));
  }

  /** Waits until the run matches, and returns it. */
  public BenchmarkRun awaitRun(
      String run, String what, Duration atMost, Predicate<BenchmarkRun> expected) {
    await(run + ": " + what)
        .atMost(atMost)
        .pollInterval(POLL_INTERVAL)
        .ignoreExceptionsInstanceOf(KubernetesClientException.class)
        .until(
            () ->
                find(run).filter(found -> found.getStatus() != null).filter(expected).isPresent());
    return find(run).orElseThrow();
  }

  public BenchmarkRun awaitFinished(String run, Duration atMost) {
    return awaitRun(run, "finished", atMost, found -> isTrue(found, "Finished"));
  }

  /** The pods of a run, of all roles. */
  public List<Pod> pods(String run) {
    return client.pods().inNamespace(namespace).withLabel(Labels.RUN, run).list().getItems();
  }

  /**
   * @param role {@link Labels#ROLE_WORKER} or {@link Labels#ROLE_TARGET}
   */
  public List<Pod> pods(String run, String role) {
    return pods(run).stream()
        .filter(pod -> role.equals(pod.getMetadata().getLabels().get(Labels.ROLE)))
        .toList();
  }

  /** Whether T0 of the current step was at least this long ago. */
  public static boolean isLoadRunning(BenchmarkRun run, Duration since) {
    return run.getStatus().progress() != null
        && run.getStatus().progress().attempt().startAt() != null
        && Instant.parse(run.getStatus().progress().attempt().startAt())
            .plus(since)
            .isBefore(Instant.now());
  }

  /**
   * The Events of this run as {@code Type Reason: message}, in the order of their names, without
   * those that depend on the speed of the machine.
   */
  public List<String> events(BenchmarkRun run) {
    return client
        .v1()
        .events()
        .inNamespace(namespace)
        .withField("involvedObject.uid", run.getMetadata().getUid())
        .list()
        .getItems()
        .stream()
        .filter(event -> !TIMING_DEPENDENT.contains(event.getReason()))
        .map(event -> "%s %s: %s".formatted(event.getType(), event.getReason(), event.getMessage()))
        .toList();
  }

  /** Whether a condition is True. */
  public static boolean isTrue(BenchmarkRun run, String condition) {
    return find(run, condition).filter(each -> each.status() == ConditionStatus.TRUE).isPresent();
  }

  /** The reason of a condition; empty if there is no such condition. */
  public static String reason(BenchmarkRun run, String condition) {
    return find(run, condition).map(RunCondition::reason).orElse("");
  }

  /** The message of a condition; empty if there is no such condition. */
  public static String message(BenchmarkRun run, String condition) {
    return find(run, condition).map(RunCondition::message).orElse("");
  }

  private static Optional<RunCondition> find(BenchmarkRun run, String condition) {
    return run.getStatus().conditions().stream()
        .filter(each -> each.type().equals(condition))
        .findFirst();
  }

  public static ResultRow row(BenchmarkRun run, String target, String stage) {
    return run.getStatus().results().stream()
        .filter(row -> row.target().equals(target) && row.stage().equals(stage))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row " + target + "/" + stage));
  }
}

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
 * A real cluster in which the operator is installed: the one that {@code PODIUM_KUBECONFIG} names.
 * Runs are made in the namespace {@value #NAMESPACE}, as a user would make them.
 */
public final class RealCluster implements BeforeAllCallback, AfterAllCallback {

  /** Watched by the operator under test. */
  public static final String NAMESPACE = "podium-e2e";

  /** Where the operator under test runs. */
  public static final String OPERATOR_NAMESPACE = "podium-e2e-system";

  /** Pods of the run before may go slowly, and a worker may arm late. */
  private static final Set<String> BUSY = Set.of("Queued", "AttemptAborted");

  private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

  private final String namespace;
  private Config config;
  private KubernetesClient client;

  /** Where the operator that is installed watches. */
  public RealCluster() {
    this(NAMESPACE);
  }

  /**
   * @param namespace for an operator of the test's own; made if it is not there
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
    // The API server may go away in a test: this client has to notice, as the operator's does.
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

  /** In which runs are made. */
  public String namespace() {
    return namespace;
  }

  public KubernetesClient client() {
    return client;
  }

  /** Listens to a run of this name from now on; to be called before it is made. */
  public LoadAudit audit(String run) {
    return new LoadAudit(config, namespace, run);
  }

  /** Deletes a run of this name, with all that it made, and waits until it is gone. */
  public void remove(String run) {
    client.resources(BenchmarkRun.class).inNamespace(namespace).withName(run).delete();
    await("run " + run + " gone").atMost(Duration.ofSeconds(60)).until(() -> find(run).isEmpty());
    await("pods of " + run + " gone")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(POLL_INTERVAL)
        .until(() -> pods(run).isEmpty());
  }

  /** Applies a run from {@code src/test/resources/e2e}, after removing an earlier one. */
  public void apply(String run) {
    try (InputStream yaml = getClass().getResourceAsStream("/e2e/" + run + ".yaml")) {
      apply(client.getKubernetesSerialization().unmarshal(yaml, BenchmarkRun.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A run from {@code src/test/resources/e2e} with another value of one field.
   *
   * @param path of the field, as in {@code /spec/cleanup/pods}
   */
  public BenchmarkRun read(String run, String path, String value) {
    return read(run, Map.of(path, value));
  }

  /**
   * The same with other values of several fields.
   *
   * @param values by the paths of the fields
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

  /** Applies a run, after removing an earlier one of its name. */
  public void apply(BenchmarkRun run) {
    remove(run.getMetadata().getName());
    client.resource(run).inNamespace(namespace).create();
  }

  public Optional<BenchmarkRun> find(String run) {
    return Optional.ofNullable(
        client.resources(BenchmarkRun.class).inNamespace(namespace).withName(run).get());
  }

  /** Changes a field of a run's spec, as by {@code kubectl patch}. */
  public void ask(String run, String field, boolean value) {
    client
        .resources(BenchmarkRun.class)
        .inNamespace(namespace)
        .withName(run)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"%s\":%s}}".formatted(field, value));
  }

  /** The run once it is as wanted. */
  public BenchmarkRun awaitRun(
      String run, String what, Duration atMost, Predicate<BenchmarkRun> wanted) {
    await(run + ": " + what)
        .atMost(atMost)
        .pollInterval(POLL_INTERVAL)
        .ignoreExceptionsInstanceOf(KubernetesClientException.class)
        .until(
            () -> find(run).filter(found -> found.getStatus() != null).filter(wanted).isPresent());
    return find(run).orElseThrow();
  }

  public BenchmarkRun awaitFinished(String run, Duration atMost) {
    return awaitRun(run, "finished", atMost, found -> holds(found, "Finished"));
  }

  /** Pods of a run by its name, of all roles. */
  public List<Pod> pods(String run) {
    return client.pods().inNamespace(namespace).withLabel(Labels.RUN, run).list().getItems();
  }

  /**
   * @param role {@link Labels#LOAD} or {@link Labels#SERVER}
   */
  public List<Pod> pods(String run, String role) {
    return pods(run).stream()
        .filter(pod -> role.equals(pod.getMetadata().getLabels().get(Labels.ROLE)))
        .toList();
  }

  /** Whether the step at hand began this long ago. */
  public static boolean loadIsOn(BenchmarkRun run, Duration since) {
    return run.getStatus().progress() != null
        && run.getStatus().progress().attempt().startAt() != null
        && Instant.parse(run.getStatus().progress().attempt().startAt())
            .plus(since)
            .isBefore(Instant.now());
  }

  /**
   * What {@code kubectl describe} shows of this very run, as {@code Type Reason: message}, in the
   * order of the run; without those that a busy machine may bring about.
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
        .filter(event -> !BUSY.contains(event.getReason()))
        .map(event -> "%s %s: %s".formatted(event.getType(), event.getReason(), event.getMessage()))
        .toList();
  }

  public static boolean holds(BenchmarkRun run, String condition) {
    return find(run, condition).filter(each -> each.status() == ConditionStatus.TRUE).isPresent();
  }

  /** The reason of a condition; empty where there is no such condition. */
  public static String reason(BenchmarkRun run, String condition) {
    return find(run, condition).map(RunCondition::reason).orElse("");
  }

  /** The message of a condition; empty where there is no such condition. */
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

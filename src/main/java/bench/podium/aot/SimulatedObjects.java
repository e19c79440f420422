package bench.podium.aot;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The objects in the simulated cluster, by path: a requested run, and what the operator creates for
 * it. Pods are created with their Job or Deployment, run immediately, and are deleted with it.
 */
final class SimulatedObjects {

  static final String NAMESPACE = "training";
  static final String INDEX = "batch.kubernetes.io/job-completion-index";

  private static final String PODS = "/api/v1/namespaces/training/pods";
  private static final String JOBS = "/apis/batch/v1/namespaces/training/jobs";
  private static final String RUNS =
      "/apis/podium.bench/v1alpha1/namespaces/training/benchmarkruns";
  private static final String RUN =
      """
      {
        "apiVersion": "podium.bench/v1alpha1",
        "kind": "BenchmarkRun",
        "metadata": {"name": "training", "namespace": "training", "generation": 1},
        "spec": {
          "targets": [
            {"name": "one", "deploy": {"image": "one", "resources": {"limits": {"cpu": "1"}}}}
          ],
          "workload": {"requests": [{"name": "read", "path": "/@{seq}"}]},
          "load": {
            "workers": 2,
            "warmup": {"duration": "1s"},
            "stages": [
              {"name": "low", "connections": 8, "duration": "2s", "probe": {"rate": 10}}
            ],
            "cooldown": "0s"
          },
          "slo": [
            {"metric": "LatencyP99", "max": "25ms"},
            {"metric": "ErrorRatio", "max": "1%"}
          ],
          "cleanup": {"pods": "Always"}
        }
      }
      """;

  /** Called for each change. */
  interface Watcher {

    /**
     * @param change ADDED, MODIFIED or DELETED
     */
    void changed(String change, String path, JsonObject object);
  }

  private final Clock clock;
  private final Watcher watcher;
  private final Map<String, JsonObject> objects = new TreeMap<>();
  private int version;

  SimulatedObjects(Clock clock, Watcher watcher) {
    this.clock = clock;
    this.watcher = watcher;
  }

  void createRun() {
    create(RUNS, new JsonObject(RUN));
  }

  /** Whether an object's path is in a collection. */
  static boolean isIn(String collection, String path) {
    return path.startsWith(collection + "/");
  }

  /** Whether the run has finished and its workers and target are deleted. */
  boolean isRunFinished() {
    return list(RUNS).encode().contains("\"phase\":\"Finished\"")
        && objects.keySet().stream().noneMatch(path -> isIn(JOBS, path) || isIn(PODS, path));
  }

  /** The object; null if it does not exist. */
  JsonObject get(String path) {
    return objects.get(path);
  }

  JsonObject list(String collection) {
    return JsonObject.of(
        "metadata",
        JsonObject.of("resourceVersion", Integer.toString(version)),
        "items",
        new JsonArray(
            objects.entrySet().stream()
                .filter(entry -> isIn(collection, entry.getKey()))
                .map(Map.Entry::getValue)
                .toList()));
  }

  JsonObject create(String collection, JsonObject object) {
    JsonObject metadata = object.getJsonObject("metadata");
    String path = collection + "/" + metadata.getString("name");
    metadata.put("uid", "uid-" + version).put("creationTimestamp", now());
    store("ADDED", path, object);
    switch (object.getString("kind")) {
      case "Job" -> {
        for (int i = 0; i < object.getJsonObject("spec").getInteger("completions"); i++) {
          create(PODS, pod(object, i));
        }
      }
      case "Deployment" -> {
        create(PODS, pod(object, 0));
        patch(path, JsonObject.of("status", JsonObject.of("readyReplicas", 1)));
      }
      default -> {}
    }
    return object;
  }

  JsonObject replace(String path, JsonObject object) {
    JsonObject metadata = objects.get(path).getJsonObject("metadata");
    object.put("metadata", metadata.copy().mergeIn(object.getJsonObject("metadata")));
    return store("MODIFIED", path, object);
  }

  JsonObject patch(String path, JsonObject patch) {
    return store("MODIFIED", path, objects.get(path).copy().mergeIn(patch, true));
  }

  void delete(String path) {
    JsonObject object = objects.remove(path);
    watcher.changed("DELETED", path, object);
    String podPrefix = PODS + "/" + object.getJsonObject("metadata").getString("name") + "-";
    List<String> pods = objects.keySet().stream().filter(pod -> pod.startsWith(podPrefix)).toList();
    pods.forEach(this::delete);
  }

  private JsonObject store(String change, String path, JsonObject object) {
    object.getJsonObject("metadata").put("resourceVersion", Integer.toString(++version));
    objects.put(path, object);
    watcher.changed(change, path, object);
    return object;
  }

  private JsonObject pod(JsonObject owner, int index) {
    JsonObject pod = owner.getJsonObject("spec").getJsonObject("template").copy();
    JsonObject metadata = pod.getJsonObject("metadata");
    metadata
        .put("name", owner.getJsonObject("metadata").getString("name") + "-" + index)
        .put("namespace", NAMESPACE);
    metadata.getJsonObject("annotations").put(INDEX, Integer.toString(index));
    metadata.put("ownerReferences", JsonArray.of(ownerReference(owner)));
    JsonObject running = JsonObject.of("running", JsonObject.of("startedAt", now()));
    JsonObject status =
        JsonObject.of(
            "phase",
            "Running",
            "conditions",
            JsonArray.of(
                JsonObject.of("type", "ContainersReady", "status", "True"),
                JsonObject.of("type", "Ready", "status", "True")),
            "containerStatuses",
            JsonArray.of(JsonObject.of("ready", true, "restartCount", 0, "state", running)));
    return pod.put("apiVersion", "v1").put("kind", "Pod").put("status", status);
  }

  private static JsonObject ownerReference(JsonObject owner) {
    JsonObject metadata = owner.getJsonObject("metadata");
    boolean isJob = owner.getString("kind").equals("Job");
    return JsonObject.of(
        "apiVersion",
        owner.getString("apiVersion"),
        "kind",
        isJob ? "Job" : "ReplicaSet",
        "name",
        metadata.getString("name") + (isJob ? "" : "-1"),
        "uid",
        metadata.getString("uid"),
        "controller",
        true);
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}

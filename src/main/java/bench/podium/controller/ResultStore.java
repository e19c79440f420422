package bench.podium.controller;

import bench.podium.domain.judge.Row;
import bench.podium.domain.lifecycle.Trouble;
import bench.podium.domain.plan.RunPlan;
import bench.podium.resources.Names;
import bench.podium.resources.ResultResources;
import bench.podium.results.ResultCodec;
import bench.podium.results.ResultCodec.IndexEntry;
import bench.podium.results.StepData;
import bench.podium.status.RunView.IndexReference;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run's results in the cluster. A step counts from the moment its entry stands in the index,
 * which is written last.
 */
final class ResultStore {

  private final KubernetesClient client;
  private final FencedActs acts;
  private final ResultCodec codec;
  private final Failpoints failpoints;

  ResultStore(KubernetesClient client, FencedActs acts, ResultCodec codec, Failpoints failpoints) {
    this.client = client;
    this.acts = acts;
    this.codec = codec;
    this.failpoints = failpoints;
  }

  /** What is recorded of a run. */
  record Recorded(Optional<IndexReference> index, List<Row> rows) {}

  /** Read live: the index is never watched, and a cache could lag behind the last write. */
  Recorded read(RunPlan plan) {
    return index(plan)
        .map(
            index ->
                new Recorded(
                    Optional.of(
                        new IndexReference(
                            index.getMetadata().getName(), index.getMetadata().getUid())),
                    entries(index).values().stream().map(IndexEntry::row).toList()))
        .orElseGet(() -> new Recorded(Optional.empty(), List.of()));
  }

  /**
   * Writes a step's data and then its entry; does nothing where an entry stands already.
   *
   * @throws IllegalStateException where an object of another origin is in the way
   */
  void record(RunPlan plan, StepData data) {
    ResultResources resources = new ResultResources(plan);
    List<ResultCodec.Part> parts = codec.parts(data);
    parts.forEach(
        part -> mustCreate(acts.create(plan.run(), resources.part(part.sha256(), part.base64()))));
    List<String> names =
        parts.stream().map(part -> Names.part(plan.run().name(), part.sha256())).toList();
    failpoints.within("record-step");
    commit(plan, new IndexEntry(data.row(), names));
  }

  /** The entry of a step that could not be measured: it has no data. */
  void recordWithoutData(RunPlan plan, Row row) {
    commit(plan, new IndexEntry(row, List.of()));
  }

  private void commit(RunPlan plan, IndexEntry entry) {
    String key = ResultResources.entryKey(entry.row().step());
    ConfigMap index =
        index(plan)
            .orElseGet(
                () -> {
                  mustCreate(acts.create(plan.run(), new ResultResources(plan).emptyIndex()));
                  return index(plan).orElseThrow();
                });
    Map<String, String> data = new TreeMap<>(dataOf(index));
    if (data.putIfAbsent(key, codec.entry(entry)) == null) {
      index.setData(data);
      // With the resourceVersion that was read: of two writers one is told to read again.
      client.resource(index).update();
    }
  }

  private Optional<ConfigMap> index(RunPlan plan) {
    return Optional.ofNullable(
            client
                .configMaps()
                .inNamespace(plan.run().namespace())
                .withName(Names.index(plan.run().name()))
                .get())
        .filter(index -> FencedActs.isOf(plan.run(), index));
  }

  private Map<String, IndexEntry> entries(ConfigMap index) {
    Map<String, IndexEntry> entries = new TreeMap<>();
    dataOf(index).forEach((key, text) -> entries.put(key, codec.entry(text)));
    return entries;
  }

  private static Map<String, String> dataOf(ConfigMap index) {
    return index.getData() == null ? Map.of() : index.getData();
  }

  private static void mustCreate(Optional<Trouble> trouble) {
    trouble.ifPresent(
        why -> {
          throw new IllegalStateException("results cannot be written: " + why.message());
        });
  }
}

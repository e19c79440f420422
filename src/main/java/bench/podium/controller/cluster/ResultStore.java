package bench.podium.controller.cluster;

import bench.podium.domain.evaluation.Row;
import bench.podium.domain.lifecycle.ActionName;
import bench.podium.domain.lifecycle.RemediationHint;
import bench.podium.domain.observation.Problem;
import bench.podium.domain.observation.RecordedSteps;
import bench.podium.domain.plan.RunPlan;
import bench.podium.domain.plan.Step;
import bench.podium.resources.Names;
import bench.podium.resources.ResultResources;
import bench.podium.results.CrashData;
import bench.podium.results.ResultCodec;
import bench.podium.results.ResultCodec.IndexEntry;
import bench.podium.results.StepData;
import bench.podium.status.RunSnapshot.IndexReference;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stores a run's results in ConfigMaps. A step counts as recorded once the index has an entry for
 * it, which is written last.
 */
public final class ResultStore {

  private final KubernetesClient client;
  private final GuardedWrites writes;
  private final ResultCodec codec;
  private final Failpoints failpoints;

  /** By run uid, the last failure to write the run's results. */
  private final Map<String, Problem> refusals = new ConcurrentHashMap<>();

  public ResultStore(
      KubernetesClient client, GuardedWrites writes, ResultCodec codec, Failpoints failpoints) {
    this.client = client;
    this.writes = writes;
    this.codec = codec;
    this.failpoints = failpoints;
  }

  /**
   * The recorded results of a run.
   *
   * @param index absent before the first step is recorded
   */
  public record Recorded(Optional<IndexReference> index, RecordedSteps steps) {}

  /**
   * Reads the results from the API server: the index is not watched, and a cache could be older
   * than the last write.
   */
  public Recorded read(RunPlan plan) {
    Optional<Problem> unwritten = Optional.ofNullable(refusals.get(plan.run().uid()));
    return index(plan)
        .map(
            index ->
                new Recorded(
                    Optional.of(
                        new IndexReference(
                            index.getMetadata().getName(), index.getMetadata().getUid())),
                    steps(plan, index, unwritten)))
        .orElseGet(
            () ->
                new Recorded(
                    Optional.empty(), new RecordedSteps(List.of(), Optional.empty(), unwritten)));
  }

  /** Drops the last failure to write this run's results. */
  public void forget(String runUid) {
    refusals.remove(runUid);
  }

  /**
   * Writes a step's data and then its index entry. Does nothing if the entry exists.
   *
   * @return the problem, if the API server rejected an object or an object of another owner has its
   *     name
   */
  public Optional<Problem> record(RunPlan plan, StepData data) {
    ResultResources resources = new ResultResources(plan);
    List<ResultCodec.Part> parts = codec.parts(data);
    Optional<Problem> refusal =
        parts.stream()
            .map(part -> writes.create(plan.run(), resources.part(part.sha256(), part.base64())))
            .flatMap(Optional::stream)
            .findFirst();
    if (refusal.isPresent()) {
      return rememberRefusal(plan, refusal);
    }
    List<String> names =
        parts.stream().map(part -> Names.part(plan.run().name(), part.sha256())).toList();
    failpoints.within(ActionName.RECORD_STEP.text());
    return rememberRefusal(plan, commit(plan, new IndexEntry(data.row(), names)));
  }

  /**
   * Writes how a target's containers terminated, unless that is already recorded for this attempt.
   *
   * @return the problem, as for {@link #record}
   */
  public Optional<Problem> recordCrash(RunPlan plan, CrashData data) {
    return writes.create(
        plan.run(),
        new ResultResources(plan)
            .crashLog(data.step(), data.attempt(), data.target(), codec.crash(data)));
  }

  /**
   * Writes the index entry of a step that could not be measured and has no data.
   *
   * @return the problem, as for {@link #record}
   */
  public Optional<Problem> recordWithoutData(RunPlan plan, Row row) {
    Optional<Problem> refusal = rememberRefusal(plan, commit(plan, new IndexEntry(row, List.of())));
    failpoints.within(ActionName.FAIL_TARGET.text());
    return refusal;
  }

  /**
   * Writes the last part of each log and an index entry for it. Existing entries are kept.
   *
   * @param logs by the name of the log
   * @return the problem, as for {@link #record}
   */
  public Optional<Problem> recordLogs(RunPlan plan, Map<String, byte[]> logs) {
    ResultResources resources = new ResultResources(plan);
    Map<String, String> entries = new TreeMap<>();
    for (Map.Entry<String, byte[]> log : logs.entrySet()) {
      ResultCodec.Part part = codec.log(log.getValue());
      Optional<Problem> refusal =
          writes.create(plan.run(), resources.log(part.sha256(), part.base64()));
      if (refusal.isPresent()) {
        return refusal;
      }
      entries.put(
          ResultResources.logKey(log.getKey()), Names.part(plan.run().name(), part.sha256()));
    }
    return commit(plan, entries);
  }

  private Optional<Problem> rememberRefusal(RunPlan plan, Optional<Problem> refusal) {
    Optional<Problem> problem = refusal.map(RemediationHint::ofResults);
    problem.ifPresentOrElse(
        why -> refusals.put(plan.run().uid(), why), () -> refusals.remove(plan.run().uid()));
    return problem;
  }

  private Optional<Problem> commit(RunPlan plan, IndexEntry entry) {
    return commit(plan, Map.of(ResultResources.entryKey(entry.row().step()), codec.entry(entry)));
  }

  private Optional<Problem> commit(RunPlan plan, Map<String, String> entries) {
    Optional<ConfigMap> known = index(plan);
    Optional<Problem> refusal =
        known.isPresent()
            ? Optional.empty()
            : writes.create(plan.run(), new ResultResources(plan).emptyIndex());
    if (refusal.isPresent()) {
      return refusal;
    }
    ConfigMap index = known.or(() -> index(plan)).orElseThrow();
    Map<String, String> data = new TreeMap<>(dataOf(index));
    if (data.keySet().containsAll(entries.keySet())) {
      return Optional.empty();
    }
    entries.forEach(data::putIfAbsent);
    index.setData(data);
    // Sent with the resourceVersion that was read: of two concurrent writers one gets a conflict.
    return writes.update(index);
  }

  private Optional<ConfigMap> index(RunPlan plan) {
    return Optional.ofNullable(
            client
                .configMaps()
                .inNamespace(plan.run().namespace())
                .withName(Names.index(plan.run().name()))
                .get())
        .filter(index -> GuardedWrites.belongsTo(plan.run(), index));
  }

  /** The steps with a readable entry. Other keys in the index are ignored. */
  private RecordedSteps steps(RunPlan plan, ConfigMap index, Optional<Problem> unwritten) {
    Map<String, String> data = dataOf(index);
    List<Row> rows = new ArrayList<>();
    Optional<String> unreadable = Optional.empty();
    for (Step step : plan.steps()) {
      String key = ResultResources.entryKey(step.index());
      if (data.containsKey(key)) {
        try {
          rows.add(row(step, data.get(key)));
        } catch (IllegalArgumentException e) {
          String why = e.getMessage();
          unreadable = unreadable.or(() -> Optional.of(unreadable(index, key, why)));
        }
      }
    }
    return new RecordedSteps(rows, unreadable, unwritten);
  }

  /**
   * The row of this step. A row of another step would appear twice in the status, which the API
   * server would then reject each time.
   *
   * @throws IllegalArgumentException if the entry is unreadable or belongs to another step
   */
  private Row row(Step step, String entry) {
    Row row = codec.entry(entry).row();
    if (row.step() != step.index()
        || !row.target().equals(step.target())
        || !row.stage().equals(step.stage().name())) {
      throw new IllegalArgumentException(
          "it is of step %d, target %s, stage %s".formatted(row.step(), row.target(), row.stage()));
    }
    return row;
  }

  private static String unreadable(ConfigMap index, String key, String why) {
    return ("entry %s of ConfigMap %s cannot be read, so it was changed after it was written: %s."
            + " The rows that can be read are kept; create the run again to measure the rest")
        .formatted(key, index.getMetadata().getName(), why);
  }

  private static Map<String, String> dataOf(ConfigMap index) {
    return index.getData() == null ? Map.of() : index.getData();
  }
}

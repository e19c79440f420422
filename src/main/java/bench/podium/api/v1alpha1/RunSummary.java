package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Optional;

/**
 * The few fields of a {@link BenchmarkRun} that decide about its place in the queue and its
 * clean-up. Everything else is skipped while it is read, so that thousands of runs can be held in
 * memory whatever their size. It is never written.
 */
@Group(BenchmarkRun.GROUP)
@Version(BenchmarkRun.VERSION)
@Kind(BenchmarkRun.KIND)
@Singular("benchmarkrun")
@Plural("benchmarkruns")
public final class RunSummary extends CustomResource<RunSummary.Spec, RunSummary.Status>
    implements Namespaced {

  private static final long serialVersionUID = 1L;

  /** The condition that says which place in the queue a run was told. */
  private static final String ADMITTED = "Admitted";

  /** What may change after the start. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Spec(CleanupSpec cleanup, Boolean cancel, Boolean suspend) {

    public Spec {
      cleanup = Defaults.or(cleanup, new CleanupSpec(null, null));
      cancel = Defaults.or(cancel, false);
      suspend = Defaults.or(suspend, false);
    }
  }

  /**
   * Where the run is.
   *
   * @param conditions {@code Admitted} alone, and nothing of a run that is finished
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Status(
      Long observedGeneration,
      Phase phase,
      Verdict verdict,
      String startTime,
      String completionTime,
      Progress progress,
      List<RunCondition> conditions) {

    public Status {
      conditions =
          Defaults.list(conditions).stream()
              .filter(condition -> phase != Phase.FINISHED && condition.type().equals(ADMITTED))
              .toList();
    }
  }

  /** Why a run that has started does not occupy the slot of the queue. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Progress(Suspension suspension, Backoff backoff) {}

  /**
   * @param since absent while the run is at work
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Suspension(String since) {}

  /**
   * @param since absent while the run is at work
   * @param tries that made no progress, one after the other
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Backoff(String since, Integer tries) {}

  /** The same of a run that was read whole. */
  public static RunSummary of(BenchmarkRun run) {
    RunSummary summary = new RunSummary();
    summary.setMetadata(run.getMetadata());
    BenchmarkRunSpec spec = run.getSpec();
    summary.setSpec(new Spec(spec.cleanup(), spec.cancel(), spec.suspend()));
    Optional.ofNullable(run.getStatus()).map(RunSummary::of).ifPresent(summary::setStatus);
    return summary;
  }

  private static Status of(BenchmarkRunStatus status) {
    return new Status(
        status.observedGeneration(),
        status.phase(),
        status.verdict(),
        status.startTime(),
        status.completionTime(),
        Optional.ofNullable(status.progress()).map(RunSummary::of).orElse(null),
        status.conditions());
  }

  private static Progress of(ProgressStatus progress) {
    return new Progress(
        Optional.ofNullable(progress.suspension())
            .map(suspension -> new Suspension(suspension.since()))
            .orElse(null),
        Optional.ofNullable(progress.backoff())
            .map(backoff -> new Backoff(backoff.since(), backoff.tries()))
            .orElse(null));
  }

  /** Without labels, annotations and managed fields, which may be larger than all the rest. */
  @Override
  public void setMetadata(ObjectMeta metadata) {
    super.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .withResourceVersion(metadata.getResourceVersion())
            .withGeneration(metadata.getGeneration())
            .withCreationTimestamp(metadata.getCreationTimestamp())
            .withDeletionTimestamp(metadata.getDeletionTimestamp())
            .build());
  }

  /** Why the run is not admitted, as it was told last; empty where it was told nothing. */
  public String admission() {
    return Optional.ofNullable(getStatus())
        .flatMap(status -> status.conditions().stream().findFirst())
        .map(RunCondition::message)
        .orElse("");
  }

  /** Whether the status speaks of the spec as it is now. */
  public boolean speaksOfItsSpec() {
    return getStatus() != null
        && getMetadata().getGeneration().equals(getStatus().observedGeneration());
  }

  /** A record has no empty form; an absent spec is null until it is read or set. */
  @Override
  protected Spec initSpec() {
    return null;
  }

  /** Absent until the operator writes it. */
  @Override
  protected Status initStatus() {
    return null;
  }
}

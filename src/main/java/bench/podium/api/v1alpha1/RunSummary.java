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
 * The few fields of a {@link BenchmarkRun} that determine its position in the queue and its
 * clean-up. All other fields are skipped by the parser, so that the informer can hold thousands of
 * runs in memory, whatever their size. A summary is never written to the API server.
 */
@Group(BenchmarkRun.GROUP)
@Version(BenchmarkRun.VERSION)
@Kind(BenchmarkRun.KIND)
@Singular("benchmarkrun")
@Plural("benchmarkruns")
public final class RunSummary extends CustomResource<RunSummary.Spec, RunSummary.Status>
    implements Namespaced {

  private static final long serialVersionUID = 1L;

  /** The condition whose message has the published position in the queue. */
  private static final String ADMITTED = "Admitted";

  /** The fields of the spec that may change after the start. */
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
   * State of the run.
   *
   * @param conditions {@code Admitted} alone; empty for a finished run
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

  /** Why a run that has started does not occupy the slot. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Progress(Suspension suspension, Backoff backoff) {}

  /**
   * @param since null while the run is active
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Suspension(String since) {}

  /**
   * @param since null while the run is active
   * @param tries consecutive tries without progress
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Backoff(String since, Integer tries) {}

  /** The summary of a complete run. */
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

  /** Drops labels, annotations and managed fields, which may be larger than all the rest. */
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

  /** The message of the condition {@code Admitted}; empty if there is none. */
  public String admission() {
    return Optional.ofNullable(getStatus())
        .flatMap(status -> status.conditions().stream().findFirst())
        .map(RunCondition::message)
        .orElse("");
  }

  /** Whether the status is based on the current generation of the spec. */
  public boolean hasCurrentStatus() {
    return getStatus() != null
        && getMetadata().getGeneration().equals(getStatus().observedGeneration());
  }

  /** Null until the spec is read or set: a record cannot be created empty. */
  @Override
  protected Spec initSpec() {
    return null;
  }

  /** Null until the operator writes it. */
  @Override
  protected Status initStatus() {
    return null;
  }
}

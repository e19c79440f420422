package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What a run does. */
@JsonClassDescription("What the run does, in at most 1000000 bytes as JSON.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.load.stages) || self.targets.size() * self.load.stages.size() <= " + Bounds.ROWS,
    messageExpression =
        "'%d targets x %d stages are %d rows, a run holds 100: split it into several"
            + " runs'.format([self.targets.size(), self.load.stages.size(), self.targets.size() *"
            + " self.load.stages.size()])",
    message = "targets x stages must be at most 100")
@ValidationRule(
    value =
        "!has(self.slo) || self.load.engine != 'Vegeta' || self.slo.all(s, s.metric !="
            + " 'StalledRatio')",
    fieldPath = ".slo",
    message =
        "StalledRatio is of the connections of a closed load, and engine Vegeta holds a rate: take"
            + " ErrorRatio, which contains every request without a reply, or engine: Wrk")
@ValidationRule(
    value = SizeRules.FITS,
    messageExpression = SizeRules.FITS_COMPUTED,
    message = SizeRules.FITS_HINT)
public record BenchmarkRunSpec(
    @Required
        @Size(min = 1, max = 50)
        @ListKeys("name")
        @JsonPropertyDescription(
            "The services to compare, 1 to 50. They are deployed one at a time, in this order.")
        List<TargetSpec> targets,
    @Required @JsonPropertyDescription("The requests that every target receives.")
        WorkloadSpec workload,
    @Required @JsonPropertyDescription("How the requests are sent: engine, workers and stages.")
        LoadSpec load,
    @Size(max = 10)
        @ListKeys("metric")
        @JsonPropertyDescription(
            "What each row has to keep, at most 10, one a metric. Without any, a row that was"
                + " measured soundly and has a good reply has passed, but for the StalledRatio of 1% that"
                + " a closed load has to keep unless this list says otherwise.")
        List<SloSpec> slo,
    @JsonPropertyDescription(
            "The declared part of the environment; part of what makes runs comparable.")
        EnvironmentSpec environment,
    @Size(min = 2, max = Bounds.DURATION_LENGTH)
        @Pattern(Bounds.DURATION)
        @ValidationRule(
            value = Bounds.IF_DURATION + "duration(self) >= duration('1s')",
            message =
                "deadline must be at least 1s, as in 2h; leave it out for 1.5 x the planned"
                    + " time + 10m")
        @MutableAfterStart
        @JsonPropertyDescription(
            "Duration, as in 2h or 90m, from admission; the run is ended then and keeps its rows."
                + " Default: 1.5 x the planned time + 10m. A plan that is longer is refused.")
        String deadline,
    @Default("{}")
        @JsonPropertyDescription("Where the run stops trying. Default: the default of each field.")
        LimitsSpec limits,
    @Default("{}")
        @MutableAfterStart
        @JsonPropertyDescription(
            "What is left in the cluster at the end. Default: the default of each field.")
        CleanupSpec cleanup,
    @Default("false")
        @MutableAfterStart
        @JsonPropertyDescription(
            "true ends the run for good: its rows are kept, its verdict is Inconclusive. Default:"
                + " false.")
        Boolean cancel,
    @Default("false")
        @MutableAfterStart
        @JsonPropertyDescription(
            "true takes the run's pods down and gives its place to the next; false lets it queue"
                + " again and repeat the step that was under way. Recorded steps are kept, and the"
                + " time until then counts against no limit. Default: false.")
        Boolean suspend,
    @Default("{}")
        @JsonPropertyDescription(
            "What is collected of the targets beside the figures. Default: the default of each field.")
        CollectSpec collect) {

  public BenchmarkRunSpec {
    targets = Defaults.list(targets);
    slo = Defaults.list(slo);
    limits = Defaults.or(limits, new LimitsSpec(null, null, null, null));
    cleanup = Defaults.or(cleanup, new CleanupSpec(null, null));
    cancel = Defaults.or(cancel, false);
    suspend = Defaults.or(suspend, false);
    collect = Defaults.or(collect, new CollectSpec(null));
  }
}

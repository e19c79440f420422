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

/** The spec of a run: what is measured, and how. */
@JsonClassDescription("What is measured, and how: at most 1000000 bytes as JSON.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.load.stages) || self.targets.size() * self.load.stages.size() <= " + Bounds.ROWS,
    messageExpression =
        "'%d targets x %d stages make %d rows, a run has at most 100: split it into several"
            + " runs'.format([self.targets.size(), self.load.stages.size(), self.targets.size() *"
            + " self.load.stages.size()])",
    message = "targets x stages must be at most 100")
@ValidationRule(
    value =
        "!has(self.slo) || self.load.engine != 'Vegeta' || self.slo.all(s, s.metric !="
            + " 'StalledRatio')",
    fieldPath = ".slo",
    message =
        "StalledRatio applies to closed loads only, and engine Vegeta sends an open load:"
            + " use ErrorRatio, which counts every request without a reply, or engine: Wrk")
@ValidationRule(
    value = SizeRules.FITS,
    messageExpression = SizeRules.FITS_COMPUTED,
    message = SizeRules.FITS_HINT)
public record BenchmarkRunSpec(
    @Required
        @Size(min = 1, max = 50)
        @ListKeys("name")
        @JsonPropertyDescription(
            "The services to compare, 1 to 50. They are deployed and measured one at a time, in"
                + " this order.")
        List<TargetSpec> targets,
    @Required @JsonPropertyDescription("The requests that every target receives.")
        WorkloadSpec workload,
    @Required @JsonPropertyDescription("How the requests are sent: engine, workers and stages.")
        LoadSpec load,
    @Size(max = 10)
        @ListKeys("metric")
        @JsonPropertyDescription(
            "Service level objectives that every row is checked against, at most 10, one per"
                + " metric. A row passes if it meets all of them, its measurement is consistent and"
                + " at least one reply was good. A closed load also has to meet a StalledRatio of 1%"
                + " unless this list contains StalledRatio.")
        List<SloSpec> slo,
    @JsonPropertyDescription(
            "Declared facts about the environment, by which comparable runs can be recognised.")
        EnvironmentSpec environment,
    @Size(min = 2, max = Bounds.DURATION_LENGTH)
        @Pattern(Bounds.DURATION)
        @ValidationRule(
            value = Bounds.IF_DURATION + "duration(self) >= duration('1s')",
            message =
                "deadline must be at least 1s, as in 2h; leave it out for 1.5 x the planned time +"
                    + " 10m")
        @MutableAfterStart
        @JsonPropertyDescription(
            "Duration from admission, as in 2h or 90m, after which the run is ended; recorded"
                + " rows are retained. A deadline shorter than the planned duration is rejected."
                + " Default: 1.5 x the planned duration + 10m.")
        String deadline,
    @Default("{}")
        @JsonPropertyDescription(
            "Timeouts, number of attempts and permitted start skew. Default: the default of"
                + " each field.")
        LimitsSpec limits,
    @Default("{}")
        @MutableAfterStart
        @JsonPropertyDescription(
            "What is deleted at the end of the run, and when. Default: the default of each"
                + " field.")
        CleanupSpec cleanup,
    @Default("false")
        @MutableAfterStart
        @JsonPropertyDescription(
            "true ends the run for good: recorded rows are retained, the verdict is"
                + " Inconclusive. Default: false.")
        Boolean cancel,
    @Default("false")
        @MutableAfterStart
        @JsonPropertyDescription(
            "true deletes the run's pods and releases its slot to the next run; false queues"
                + " the run again, and it repeats the step that was in progress. Recorded steps are"
                + " retained, and the suspended time counts neither against the deadline nor against"
                + " a timeout. Default: false.")
        Boolean suspend,
    @Default("{}")
        @JsonPropertyDescription(
            "What is collected from the targets in addition to the measurements. Default: the"
                + " default of each field.")
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

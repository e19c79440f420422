package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How the requests are sent: engine, workers and stages. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.stages)",
    message =
        "set stages: a load needs at least one, as in stages: [{name: c64, connections: 64,"
            + " duration:"
            + " 30s}]")
@ValidationRule(
    value = LoadRules.MODEL,
    messageExpression = LoadRules.MODEL_HINT,
    message = "stages of engine Wrk need connections, those of engine Vegeta a rate")
@ValidationRule(
    value = LoadRules.EVEN,
    messageExpression = LoadRules.EVEN_HINT,
    message = "connections of every stage must be a multiple of workers x threads")
@ValidationRule(
    value = LoadRules.HELD,
    messageExpression = LoadRules.HELD_HINT,
    message = "a worker holds at most 19000 connections; use more workers")
@ValidationRule(
    value = LoadRules.BUSY,
    messageExpression = LoadRules.BUSY_HINT,
    message = "every rate must be at least the number of workers")
public record LoadSpec(
    @Default("Wrk")
        @JsonPropertyDescription(
            "The load generator: Wrk (closed load, holds connections) or Vegeta (open load, holds a"
                + " rate). Default: Wrk.")
        EngineName engine,
    @Default("1")
        @Min(1)
        @Max(100)
        @JsonPropertyDescription("Number of worker pods, 1 to 100. Default: 1.")
        Integer workers,
    @Default("1")
        @Min(1)
        @Max(64)
        @JsonPropertyDescription(
            "Threads of the engine in each worker, 1 to 64. With engine Wrk, workers x threads must"
                + " divide the connections of every stage. Default: 1.")
        Integer threads,
    @Default("2s")
        @Size(min = 2, max = Bounds.DURATION_LENGTH)
        @Pattern(Bounds.DURATION)
        @ValidationRule(
            value =
                Bounds.IF_DURATION
                    + "duration(self).getMilliseconds() % 1000 == 0 && duration(self) >="
                    + " duration('1s') &&"
                    + " duration(self) <= duration('60s')",
            message = "timeout must be whole seconds from 1s to 60s, as in 2s")
        @JsonPropertyDescription(
            "Duration in whole seconds, 1s to 60s: a reply that takes longer counts as a"
                + " timeout. Default: 2s.")
        String timeout,
    @JsonPropertyDescription(
            "Load that is sent before the measured part of each step and is not recorded."
                + " Default: none.")
        WarmupSpec warmup,
    @Size(min = 1, max = 20)
        @ListKeys("name")
        @JsonPropertyDescription(
            "Loads, 1 to 20, applied to each target one after another in this order.")
        List<StageSpec> stages,
    @Default("5s")
        @Size(min = 2, max = Bounds.DURATION_LENGTH)
        @Pattern(Bounds.DURATION)
        @ValidationRule(
            value = Bounds.IF_DURATION + "duration(self) <= duration('1h')",
            message = "cooldown must be from 0s to 1h, as in 5s")
        @JsonPropertyDescription(
            "Duration between the end of a step and the start of the next, 0s to 1h. Default: 5s.")
        String cooldown,
    @Default("{}")
        @JsonPropertyDescription(
            "Placement, labels, annotations and resources of the worker pods. Default: the"
                + " default of each field.")
        LoadTemplateSpec template) {

  public LoadSpec {
    engine = Defaults.or(engine, EngineName.WRK);
    workers = Defaults.or(workers, 1);
    threads = Defaults.or(threads, 1);
    timeout = Defaults.or(timeout, "2s");
    stages = Defaults.list(stages);
    cooldown = Defaults.or(cooldown, "5s");
    template = Defaults.or(template, LoadTemplateSpec.empty());
  }
}

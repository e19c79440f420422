package bench.podium.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import bench.podium.api.v1alpha1.Metric;
import bench.podium.api.v1alpha1.Phase;
import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.evaluation.Verdict;
import bench.podium.domain.evaluation.Warning;
import bench.podium.domain.lifecycle.ActionName;
import bench.podium.domain.lifecycle.AttemptTermination;
import bench.podium.domain.lifecycle.FinishReason;
import bench.podium.domain.lifecycle.PlanFixture;
import bench.podium.domain.lifecycle.RunAction;
import bench.podium.domain.measurement.ConsistencyCheck;
import bench.podium.events.EventReason;
import bench.podium.metrics.OperatorMeters;
import bench.podium.protocol.Command;
import bench.podium.resources.Labels;
import bench.podium.resources.TargetResources;
import bench.podium.resources.WorkerResources;
import bench.podium.status.ConditionType;
import bench.podium.status.Reason;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * All names on which dashboards, alerts and scripts of users may depend, in one list. A change of
 * the list is a change of the API: update it with {@code -Dpodium.update=true}, and add it to the
 * changelog.
 */
class PublicNamesTest {

  private static final Path GOLDEN = Path.of("src/test/resources/public-names.txt");

  @Test
  void changeOnlyDeliberately() throws IOException {
    // Given
    String names = names();
    if (Boolean.getBoolean("podium.update")) {
      Files.writeString(GOLDEN, names);
    }

    // When
    String golden = Files.readString(GOLDEN);

    // Then
    assertThat(names).isEqualTo(golden);
  }

  private static String names() {
    return Stream.of(
            list("action", ActionName.values(), ActionName::text),
            list("attempt outcome", AttemptRecord.Outcome.values(), AttemptRecord.Outcome::label),
            list(
                "attempt termination",
                AttemptTermination.Kind.values(),
                AttemptTermination.Kind::text),
            list("check", ConsistencyCheck.values(), ConsistencyCheck::reason),
            list("condition", ConditionType.values(), ConditionType::text),
            list("event", EventReason.values(), EventReason::text),
            list("finish reason", FinishReason.values(), FinishReason::text),
            List.of("annotation " + Command.ANNOTATION, "annotation " + Command.RESEND_ANNOTATION),
            List.of(
                "label " + Labels.RUN,
                "label " + Labels.RUN_UID,
                "label " + Labels.ROLE,
                "label " + Labels.TARGET,
                "label " + Labels.GENERATION,
                "label " + Labels.ENVIRONMENT,
                "role " + Labels.ROLE_WORKER,
                "role " + Labels.ROLE_TARGET,
                "role " + Labels.ROLE_DATA,
                "container " + WorkerResources.CONTAINER,
                "container " + TargetResources.CONTAINER,
                "container " + TargetResources.COLLECTOR),
            meters(),
            list("phase", Phase.values(), PublicNamesTest::json),
            list("reason", Reason.values(), Reason::text),
            list("row reason", RowReason.values(), RowReason::text),
            list("slo metric", Metric.values(), PublicNamesTest::json),
            list("verdict", Verdict.values(), Verdict::text),
            list("warning", Warning.values(), Warning::text))
        .flatMap(List::stream)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static <T> List<String> list(String kind, T[] values, Function<T, String> name) {
    return Stream.of(values).map(value -> kind + " " + name.apply(value)).sorted().toList();
  }

  private static String json(Enum<?> value) {
    try {
      return value
          .getDeclaringClass()
          .getField(value.name())
          .getAnnotation(JsonProperty.class)
          .value();
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> meters() {
    CollectorRegistry registry = new CollectorRegistry();
    var meters = new OperatorMeters(registry);
    meters.ignoredPod();
    meters.action(new RunAction.Await(Duration.ZERO, ""));
    meters.finished(new RunAction.FinishRun(FinishReason.COMPLETED, Verdict.PASSED, ""));
    meters.recorded(
        Row.notMeasured(PlanFixture.plan().steps().getFirst(), RowReason.FORBIDDEN, ""));
    return Collections.list(registry.metricFamilySamples()).stream()
        .map(PublicNamesTest::meter)
        .sorted()
        .toList();
  }

  private static String meter(Collector.MetricFamilySamples family) {
    Set<String> labels =
        family.samples.stream()
            .flatMap(sample -> sample.labelNames.stream())
            .collect(Collectors.toCollection(TreeSet::new));
    return "meter %s %s %s: %s".formatted(family.name, family.type, labels, family.help);
  }
}

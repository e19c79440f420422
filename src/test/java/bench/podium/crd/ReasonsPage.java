package bench.podium.crd;

import bench.podium.domain.evaluation.RowReason;
import bench.podium.domain.evaluation.Warning;
import bench.podium.domain.lifecycle.ActionName;
import bench.podium.domain.measurement.ConsistencyCheck;
import bench.podium.events.EventReason;
import bench.podium.status.ConditionReasons;
import bench.podium.status.ConditionType;
import bench.podium.status.Reason;
import bench.podium.status.ReasonGuide;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page that lists every reason, check, warning, Event and action. */
final class ReasonsPage {

  private ReasonsPage() {}

  static String of() {
    return """
        # Reasons

        <!-- Generated from bench.podium.status.ConditionReasons: run make generate -->

        Every reason, check and warning in a run's status and Events, and the names of actions. What to do about
        each reason is in [Troubleshooting](../troubleshooting.md).

        ## Conditions

        | condition | reasons |
        |---|---|
        %s

        ## Rows of `status.results`

        | field | values |
        |---|---|
        | `reason` | %s |
        | `violations[].check`; the row is Inconclusive | %s |
        | checks that discard the attempt, so that it is repeated | %s |
        | `warnings` | %s |

        The message of a row that misses the SLO `StalledRatio` begins with `TargetStalled`.

        ## Events

        %s.

        ## Actions

        Values of the label `action` of the metric `podium_actions_total`, and the names in
        [Controller flow](../controller-flow.md):

        %s.

        ## Meanings

        | reason | meaning |
        |---|---|
        %s

        ## Reserved

        Not written by any version yet, reserved for planned features: `Refused`, `UnexpectedReply`,
        `NotSteady`, `TargetNotSaturated`, `Regressed`, `NotRegressed`.
        """
        .formatted(
            Stream.of(ConditionType.values())
                .map(ReasonsPage::condition)
                .collect(Collectors.joining("\n")),
            values(RowReason.values(), RowReason::text),
            checks(ConsistencyCheck.Effect.INCONCLUSIVE),
            checks(ConsistencyCheck.Effect.DISCARDS_ATTEMPT),
            values(Warning.values(), Warning::text),
            values(EventReason.values(), EventReason::text),
            values(ActionName.values(), ActionName::text),
            Stream.of(Reason.values()).map(ReasonsPage::meaning).collect(Collectors.joining("\n")));
  }

  private static String condition(ConditionType type) {
    return "| `%s` | %s |"
        .formatted(
            type.text(),
            ConditionReasons.of(type).stream()
                .map(ReasonsPage::link)
                .collect(Collectors.joining(", ")));
  }

  private static String meaning(Reason reason) {
    return "| %s | %s |".formatted(link(reason), ReasonGuide.of(reason).meaning());
  }

  private static String link(Reason reason) {
    return "[%s](../troubleshooting.md#%s)"
        .formatted(reason.text(), TroubleshootingPage.anchor(reason));
  }

  private static String checks(ConsistencyCheck.Effect effect) {
    return values(
        Stream.of(ConsistencyCheck.values())
            .filter(check -> check.effect() == effect)
            .toArray(ConsistencyCheck[]::new),
        ConsistencyCheck::reason);
  }

  private static <T> String values(T[] values, Function<T, String> text) {
    return Stream.of(values)
        .map(value -> "`" + text.apply(value) + "`")
        .collect(Collectors.joining(", "));
  }
}

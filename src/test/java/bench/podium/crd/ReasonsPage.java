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
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page that lists every reason, check, warning and Event, and where each may stand. */
final class ReasonsPage {

  private ReasonsPage() {}

  static String of() {
    return """
        # Reasons

        <!-- Generated from bench.podium.status.ConditionReasons: run make generate -->

        Every word that the operator writes into a run's status or Events. What to do about one is in
        [Troubleshooting](../troubleshooting.md).

        ## Conditions

        | condition | reasons |
        |---|---|
        %s

        ## Rows of `status.results`

        | field | words |
        |---|---|
        | `reason` | %s |
        | `violations[].check`, the row is Inconclusive | %s |
        | a check that discards the attempt, which is repeated | %s |
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

        Words that no version writes yet, kept for features that are planned: `Refused`, `UnexpectedReply`,
        `NotSteady`, `TargetNotSaturated`, `Regressed`, `NotRegressed`.
        """
        .formatted(
            Stream.of(ConditionType.values())
                .map(ReasonsPage::condition)
                .collect(Collectors.joining("\n")),
            words(RowReason.values(), RowReason::text),
            checks(ConsistencyCheck.Effect.INCONCLUSIVE),
            checks(ConsistencyCheck.Effect.DISCARDS_ATTEMPT),
            words(Warning.values(), Warning::text),
            words(EventReason.values(), EventReason::text),
            words(ActionName.values(), ActionName::text),
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
        .formatted(reason.text(), reason.text().toLowerCase(Locale.ROOT));
  }

  private static String checks(ConsistencyCheck.Effect effect) {
    return words(
        Stream.of(ConsistencyCheck.values())
            .filter(check -> check.effect() == effect)
            .toArray(ConsistencyCheck[]::new),
        ConsistencyCheck::reason);
  }

  private static <T> String words(T[] values, Function<T, String> text) {
    return Stream.of(values)
        .map(value -> "`" + text.apply(value) + "`")
        .collect(Collectors.joining(", "));
  }
}

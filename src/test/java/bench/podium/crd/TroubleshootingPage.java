package bench.podium.crd;

import bench.podium.status.Reason;
import bench.podium.status.ReasonGuide;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page that explains every reason that may stand in a status. */
final class TroubleshootingPage {

  private TroubleshootingPage() {}

  static String of() {
    return """
        # Troubleshooting

        <!-- Generated from bench.podium.status.ReasonGuide: run make generate -->

        Every word that may stand as a reason in a run's conditions, and most of those in its rows. Begin with

        ```sh
        kubectl get benchmarkrun RUN -o jsonpath='{range .status.conditions[*]}{.type}={.status} {.reason}: {.message}{"\\n"}{end}'
        kubectl describe benchmarkrun RUN   # with its Events
        ```

        `Accepted`, `TargetsReady`, `WorkersReady` and `Finished` say what happened; `Succeeded` says what the
        figures are worth. Commands are for the run's namespace (`-n NAMESPACE`); RUN is the run's name. Pods
        of a run that did not pass are kept, unless `cleanup.pods` says otherwise, so that they can be looked
        at; workers of a run that is over have ended. What the conditions mean together is in
        [Verdict](concepts/verdict.md#conditions); which reason may stand where is in [Reasons](reference/reasons.md).

        A run without any status was not seen. The operator watches the namespaces of the chart's
        `watchNamespaces`, and says in its log which of them it cannot:

        ```sh
        kubectl logs -n podium-system deploy/podium | grep 'cannot watch'
        ```

        %s

        %s"""
        .formatted(
            reasons()
                .map(reason -> "[%s](#%s)".formatted(reason.text(), anchor(reason)))
                .collect(Collectors.joining(",\n")),
            reasons().map(TroubleshootingPage::section).collect(Collectors.joining("\n")));
  }

  private static Stream<Reason> reasons() {
    return Stream.of(Reason.values()).sorted(Comparator.comparing(Reason::text));
  }

  private static String anchor(Reason reason) {
    return reason.text().toLowerCase(Locale.ROOT);
  }

  private static String section(Reason reason) {
    ReasonGuide guide = ReasonGuide.of(reason);
    String look = guide.look().isEmpty() ? "" : "\n```sh\n" + guide.look() + "\n```\n";
    return "## %s\n\n%s\n\n**What to do.** %s\n%s"
        .formatted(reason.text(), guide.meaning(), guide.hint(), look);
  }
}

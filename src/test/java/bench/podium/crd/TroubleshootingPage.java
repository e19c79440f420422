package bench.podium.crd;

import bench.podium.status.Reason;
import bench.podium.status.ReasonGuide;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page that explains every reason in a status. */
final class TroubleshootingPage {

  private TroubleshootingPage() {}

  static String of() {
    return """
        # Troubleshooting

        <!-- Generated from bench.podium.status.ReasonGuide: run make generate -->

        Every reason of a run's conditions, and most of those of its rows. Begin with

        ```sh
        kubectl get benchmarkrun RUN -o jsonpath='{range .status.conditions[*]}{.type}={.status} {.reason}: {.message}{"\\n"}{end}'
        kubectl describe benchmarkrun RUN   # with its Events
        ```

        `Accepted`, `TargetsReady`, `WorkersReady` and `Finished` show what happened; `Succeeded` shows whether
        the results are good. Commands are for the run's namespace (`-n NAMESPACE`); RUN is the run's name.
        By default, the pods of a run that did not pass are retained for inspection until another run is
        admitted (`cleanup.pods`); workers of a finished run have terminated. How the conditions belong
        together is in [Verdict](concepts/verdict.md#conditions); the reasons that each condition may have
        are in [Reasons](reference/reasons.md).

        If a run has no status at all, the operator does not watch its namespace. It watches the namespaces of
        the chart's value `watchNamespaces`, and logs those that it cannot watch:

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

  /** The fragment of a reason's section. */
  static String anchor(Reason reason) {
    return reason.text().toLowerCase(Locale.ROOT);
  }

  private static String section(Reason reason) {
    ReasonGuide guide = ReasonGuide.of(reason);
    String command = guide.command().isEmpty() ? "" : "\n```sh\n" + guide.command() + "\n```\n";
    return "## %s\n\n%s\n\n**What to do.** %s\n%s"
        .formatted(reason.text(), guide.meaning(), guide.hint(), command);
  }
}

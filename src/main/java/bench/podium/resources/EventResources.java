package bench.podium.resources;

import bench.podium.domain.plan.RunIdentity;
import bench.podium.events.RunEvent;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Builds the Kubernetes Events of a run. Events have no owner reference: the API server deletes
 * them after its retention time.
 */
public final class EventResources {

  private static final String COMPONENT = "podium";

  private final String instance;

  /**
   * @param operator name of this operator if there are several
   */
  public EventResources(Optional<String> operator) {
    this.instance = operator.orElse(COMPONENT);
  }

  /**
   * @param at time of the Event, truncated to seconds
   */
  public Event event(RunIdentity run, RunEvent event, Instant at) {
    String time = DateTimeFormatter.ISO_INSTANT.format(at.truncatedTo(ChronoUnit.SECONDS));
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(run.namespace())
        .withName(Names.event(run, event))
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion("podium.bench/v1alpha1")
        .withKind("BenchmarkRun")
        .withNamespace(run.namespace())
        .withName(run.name())
        .withUid(run.uid())
        .endInvolvedObject()
        .withType(type(event.kind()))
        .withReason(event.reason().text())
        .withMessage(event.message())
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withReportingComponent(COMPONENT)
        .withReportingInstance(instance)
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .build();
  }

  private static String type(RunEvent.Kind kind) {
    return switch (kind) {
      case NORMAL -> "Normal";
      case WARNING -> "Warning";
    };
  }
}

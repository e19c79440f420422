package bench.podium.controller.cluster;

import bench.podium.api.v1alpha1.RunSummary;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;

/**
 * Triggers reconciliations for events that no informer sees: a worker has reported, or the queue's
 * slot is free.
 */
public final class ReconcileTrigger extends AbstractEventSource<Void, RunSummary> {

  public ReconcileTrigger() {
    super(Void.class, "wake-up");
  }

  public void wake(String namespace, String run) {
    if (isRunning()) {
      getEventHandler().handleEvent(new Event(new ResourceID(run, namespace)));
    }
  }

  @Override
  public Set<Void> getSecondaryResources(RunSummary primary) {
    return Set.of();
  }
}

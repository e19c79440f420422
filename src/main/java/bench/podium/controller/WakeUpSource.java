package bench.podium.controller;

import bench.podium.api.v1alpha1.RunSummary;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;

/** Events that no informer sees: a load pod has spoken, or the place in the queue is free. */
final class WakeUpSource extends AbstractEventSource<Void, RunSummary> {

  WakeUpSource() {
    super(Void.class, "wake-up");
  }

  void wake(String namespace, String run) {
    if (isRunning()) {
      getEventHandler().handleEvent(new Event(new ResourceID(run, namespace)));
    }
  }

  @Override
  public Set<Void> getSecondaryResources(RunSummary primary) {
    return Set.of();
  }
}

package bench.podium.bootstrap;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the operator knows of the namespaces that it is to watch. One of them may be gone, or its
 * Role; that holds up no run in another.
 */
@ApplicationScoped
public class WatchedNamespaces {

  private final Operator operator;

  public WatchedNamespaces(Operator operator) {
    this.operator = operator;
  }

  /** Those that it has not been able to read so far. */
  Set<String> unread() {
    return incomplete()
        .flatMap(source -> source.informerHealthIndicators().values().stream())
        .filter(informer -> !informer.hasSynced())
        .map(InformerHealthIndicator::getTargetNamespace)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether there is one with all that is watched in it. */
  boolean anyRead() {
    return incomplete()
        .allMatch(
            source ->
                source.informerHealthIndicators().values().stream()
                    .anyMatch(InformerHealthIndicator::hasSynced));
  }

  @SuppressWarnings("rawtypes") // As the framework has it.
  private Stream<InformerWrappingEventSourceHealthIndicator<?>> incomplete() {
    return operator
        .getRuntimeInfo()
        .unhealthyInformerWrappingEventSourceHealthIndicator()
        .values()
        .stream()
        .flatMap(sources -> sources.values().stream())
        .map(source -> (InformerWrappingEventSourceHealthIndicator<?>) source);
  }
}

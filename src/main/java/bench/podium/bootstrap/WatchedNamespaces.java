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
 * The state of the namespaces that the operator watches. A namespace that was deleted, or whose
 * Role is missing, does not block runs in others.
 */
@ApplicationScoped
public class WatchedNamespaces {

  private final Operator operator;

  public WatchedNamespaces(Operator operator) {
    this.operator = operator;
  }

  /** The namespaces that could not be read so far. */
  Set<String> unread() {
    return incomplete()
        .flatMap(source -> source.informerHealthIndicators().values().stream())
        .filter(informer -> !informer.hasSynced())
        .map(InformerHealthIndicator::getTargetNamespace)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether at least one namespace has been read completely. */
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

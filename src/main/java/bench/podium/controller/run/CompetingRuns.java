package bench.podium.controller.run;

import bench.podium.api.v1alpha1.Phase;
import bench.podium.api.v1alpha1.RunSummary;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The runs that compete for the one slot: those in all namespaces that this operator watches. */
final class CompetingRuns {

  private static final Logger LOG = Logger.getLogger(CompetingRuns.class);

  /**
   * Runs per page of a list: with the largest size that the API server stores, 1.5 MiB each, a page
   * has 30 MiB.
   */
  static final long PAGE = 20;

  private static final String PHASE = "status.phase";

  private final KubernetesClient client;
  private final Collection<String> namespaces;
  private final Supplier<Stream<RunSummary>> lastSeen;
  private final AtomicBoolean selectable = new AtomicBoolean(true);

  /**
   * @param namespaces empty for all
   * @param lastSeen the cached runs of these namespaces
   */
  CompetingRuns(
      KubernetesClient client,
      Collection<String> namespaces,
      Supplier<Stream<RunSummary>> lastSeen) {
    this.client = client;
    this.namespaces = List.copyOf(namespaces);
    this.lastSeen = lastSeen;
  }

  /** The cached runs, without a request to the API server. */
  Stream<RunSummary> lastSeen() {
    return lastSeen.get();
  }

  /**
   * Reads the runs that may hold or want the slot from the API server: the cache may not show the
   * last admission yet. Finished and suspended runs, of which only the pods matter, come from the
   * cache.
   */
  Stream<RunSummary> read() {
    List<RunSummary> live =
        namespaces.isEmpty()
            ? pages(client.resources(RunSummary.class).inAnyNamespace())
            : namespaces.stream().flatMap(this::read).toList();
    Set<String> read =
        live.stream().map(run -> run.getMetadata().getUid()).collect(Collectors.toSet());
    return Stream.concat(
        live.stream(),
        lastSeen()
            .filter(CompetingRuns::hasNoSlot)
            .filter(run -> !read.contains(run.getMetadata().getUid())));
  }

  /** Whether the run has finished or is suspended, and so has released the slot. */
  private static boolean hasNoSlot(RunSummary run) {
    return run.getStatus() != null
        && (run.getStatus().phase() == Phase.FINISHED
            || run.getStatus().phase() == Phase.SUSPENDED);
  }

  /**
   * Reads the runs of one namespace. One that may not be read, for example because it was deleted
   * with its Role, does not block the runs of others: its runs come from the cache.
   */
  private Stream<RunSummary> read(String namespace) {
    try {
      return pages(client.resources(RunSummary.class).inNamespace(namespace)).stream();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      return lastSeen().filter(run -> run.getMetadata().getNamespace().equals(namespace));
    }
  }

  /**
   * Lists the runs in pages. API servers before 1.31 cannot select by phase; there all runs are
   * read and filtered here.
   */
  private List<RunSummary> pages(
      FilterWatchListDeletable<RunSummary, KubernetesResourceList<RunSummary>, Resource<RunSummary>>
          all) {
    if (selectable.get()) {
      try {
        return allPages(all.withoutField(PHASE, "Finished").withoutField(PHASE, "Suspended"));
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_BAD_REQUEST) {
          throw e;
        }
        selectable.set(false);
        LOG.infof("this API server cannot select runs by phase: %s", e.getMessage());
      }
    }
    return allPages(all);
  }

  private static List<RunSummary> allPages(
      FilterWatchListDeletable<RunSummary, KubernetesResourceList<RunSummary>, Resource<RunSummary>>
          chosen) {
    List<RunSummary> runs = new ArrayList<>();
    String next = null;
    do {
      KubernetesResourceList<RunSummary> page =
          chosen.list(new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build());
      page.getItems().stream().filter(run -> !hasNoSlot(run)).forEach(runs::add);
      next = page.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
    return runs;
  }
}

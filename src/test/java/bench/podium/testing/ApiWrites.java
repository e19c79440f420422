package bench.podium.testing;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of write requests to an API server since its start, by resource, without writes of
 * Leases.
 */
public final class ApiWrites {

  private static final Pattern COUNT =
      Pattern.compile("apiserver_request_total\\{(.*)} (\\S+)", Pattern.MULTILINE);
  private static final Pattern WRITES =
      Pattern.compile("verb=\"(POST|PUT|PATCH|APPLY|DELETE|DELETECOLLECTION)\"");
  private static final Pattern RESOURCE = Pattern.compile("resource=\"([^\"]*)\"");
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final KubernetesClient client;
  private final Map<String, Long> counted;

  private ApiWrites(KubernetesClient client, Map<String, Long> counted) {
    this.client = client;
    this.counted = counted;
  }

  /** Waits until there are no writes for some time. */
  public static ApiWrites settled(KubernetesClient client) {
    AtomicReference<Map<String, Long>> last = new AtomicReference<>(Map.of());
    await("no more writes")
        .atMost(Duration.ofMinutes(2))
        .pollDelay(QUIET)
        .pollInterval(QUIET)
        .until(
            () -> {
              Map<String, Long> now = count(client);
              return now.equals(last.getAndSet(now));
            });
    return new ApiWrites(client, last.get());
  }

  /** Waits for some time, and returns the writes during it. */
  public Map<String, Long> since(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
    Map<String, Long> more = new TreeMap<>(count(client));
    counted.forEach((resource, before) -> more.merge(resource, -before, Long::sum));
    more.values().removeIf(count -> count == 0);
    return more;
  }

  private static Map<String, Long> count(KubernetesClient client) {
    Map<String, Long> writes = new TreeMap<>();
    Matcher line = COUNT.matcher(client.raw("/metrics"));
    while (line.find()) {
      Matcher resource = RESOURCE.matcher(line.group(1));
      if (WRITES.matcher(line.group(1)).find()
          && resource.find()
          && !resource.group(1).equals("leases")) {
        writes.merge(resource.group(1), (long) Double.parseDouble(line.group(2)), Long::sum);
      }
    }
    return writes;
  }
}

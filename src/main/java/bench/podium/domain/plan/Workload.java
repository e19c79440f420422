package bench.podium.domain.plan;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The requests that a step sends, equal for all targets.
 *
 * @param requests at least one
 * @param seed of the placeholders: equal seeds give equal requests in each worker and thread
 * @param keepAlive if false, each request opens a connection of its own
 * @param headers sent with every request, {@code X-Env-ID} among them
 */
public record Workload(
    List<Request> requests, long seed, boolean keepAlive, Map<String, String> headers) {

  public Workload {
    requests = List.copyOf(requests);
    headers = Map.copyOf(headers);
  }

  /**
   * One kind of request.
   *
   * @param path starts with '/'
   * @param headers values by name
   * @param body empty for a request without a body
   * @param weight its share of the sum of all weights, at least 1
   */
  public record Request(
      String name,
      String method,
      RequestTemplate path,
      Map<String, RequestTemplate> headers,
      RequestTemplate body,
      int weight) {

    public Request {
      headers = Map.copyOf(headers);
    }

    /** Whether it draws a sequence number: one for all places that carry it. */
    public boolean drawsNumber() {
      return Stream.concat(Stream.of(path, body), headers.values().stream())
          .flatMap(template -> template.parts().stream())
          .anyMatch(RequestTemplate.Sequence.class::isInstance);
    }
  }
}

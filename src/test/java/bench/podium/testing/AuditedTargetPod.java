package bench.podium.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The log of a target; each of its containers logs its request counts at its end. */
final class AuditedTargetPod implements AuditedPod {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String READINESS = "/healthz";

  private final String runUid;
  private final String target;
  private final Set<String> starts = new HashSet<>();
  private final Map<String, Long> counts = new HashMap<>();
  private final Map<String, JsonNode> paths = new HashMap<>();

  AuditedTargetPod(String runUid, String target) {
    this.runUid = runUid;
    this.target = target;
  }

  @Override
  public String runUid() {
    return runUid;
  }

  String target() {
    return target;
  }

  /** Each line has a timestamp, so that equal lines are the same line. */
  @Override
  public synchronized boolean read(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      switch (json.path("msg").asText()) {
        case "target started" -> starts.add(line);
        case "target stopped" -> {
          counts.put(line, load(json.get("requests")));
          paths.put(line, json.path("paths"));
        }
        default -> {}
      }
    } catch (JsonProcessingException e) {
      // A line of a framework, or truncated at the end of the stream.
    }
    return false;
  }

  /** All requests except for the readiness probes of the workers. */
  private static long load(JsonNode requests) {
    long sum = 0;
    for (Map.Entry<String, JsonNode> route : requests.properties()) {
      sum += route.getKey().equals(READINESS) ? 0 : route.getValue().asLong();
    }
    return sum;
  }

  /** The number of requests of the workload. */
  synchronized long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The number of distinct paths; for targets that record arrivals. */
  synchronized long distinctPaths() {
    return paths.values().stream().mapToLong(each -> each.path("distinct").asLong()).sum();
  }

  /** Whether a container ended without its counts, or nothing was logged at all. */
  synchronized boolean lost() {
    return starts.isEmpty() || counts.size() < starts.size();
  }
}

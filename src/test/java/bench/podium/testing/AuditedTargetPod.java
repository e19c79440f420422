package bench.podium.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A benchmark target's lines: at the end of each of its containers, what it counted. */
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

  /** Each line has its time, so that one that comes again is the same. */
  @Override
  public synchronized boolean hear(String line) {
    try {
      JsonNode read = JSON.readTree(line);
      switch (read.path("msg").asText()) {
        case "target started" -> starts.add(line);
        case "target stopped" -> {
          counts.put(line, load(read.get("requests")));
          paths.put(line, read.path("paths"));
        }
        default -> {}
      }
    } catch (JsonProcessingException e) {
      // A framework's own words, or cut off with its stream.
    }
    return false;
  }

  /** All that came but the workers' questions whether it is there. */
  private static long load(JsonNode requests) {
    long sum = 0;
    for (Map.Entry<String, JsonNode> route : requests.properties()) {
      sum += route.getKey().equals(READINESS) ? 0 : route.getValue().asLong();
    }
    return sum;
  }

  /** Requests of the workload. */
  synchronized long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Requests whose path no other had; of a target that records arrivals. */
  synchronized long distinctPaths() {
    return paths.values().stream().mapToLong(each -> each.path("distinct").asLong()).sum();
  }

  /** Whether a container of it ended without a last word, or says none at all. */
  synchronized boolean lost() {
    return starts.isEmpty() || counts.size() < starts.size();
  }
}

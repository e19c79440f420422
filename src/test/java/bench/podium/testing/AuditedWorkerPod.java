package bench.podium.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A worker's lines, read without the operator's own reader. */
final class AuditedWorkerPod implements AuditedPod {

  /**
   * That an engine ran: printed once by a pod for each attempt.
   *
   * @param requests replies, warm-up included
   * @param sent requests, warm-up included
   * @param cutShort before its end: {@code requests} are those that were sent and are not under way
   */
  record Ran(int step, int attempt, int worker, long requests, long sent, boolean cutShort) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String runUid;
  private final String name;
  private final Set<Long> sequences = new HashSet<>();
  private final List<Ran> ran = new ArrayList<>();
  private boolean stopped;

  AuditedWorkerPod(String runUid, String name) {
    this.runUid = runUid;
    this.name = name;
  }

  @Override
  public String runUid() {
    return runUid;
  }

  String name() {
    return name;
  }

  @Override
  public synchronized boolean hear(String line) {
    try {
      JsonNode read = JSON.readTree(line);
      if (read.path("message").isObject() && sequences.add(read.path("sequence").asLong())) {
        take(read.get("message"), read.path("worker").asInt());
      }
    } catch (JsonProcessingException e) {
      // Cut off with its stream; it comes again.
    }
    return stopped;
  }

  private void take(JsonNode message, int worker) {
    switch (message.path("type").asText()) {
      case "ran" ->
          ran.add(
              new Ran(
                  message.get("step").asInt(),
                  message.get("attempt").asInt(),
                  worker,
                  message.get("requests").asLong(),
                  message.get("sent").asLong(),
                  message.get("cutShort").asBoolean()));
      case "stopped" -> stopped = true;
      default -> {}
    }
  }

  synchronized List<Ran> ran() {
    return List.copyOf(ran);
  }

  /** Whether it ended before it could say how far its engine came. */
  synchronized boolean lost() {
    return !stopped;
  }
}

package bench.podium.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The log of a worker, read without the code of the operator. */
final class AuditedWorkerPod implements AuditedPod {

  /**
   * A message {@code ran}, which a worker writes once for each attempt.
   *
   * @param requests replies, warm-up included
   * @param sent requests, warm-up included
   * @param cutShort whether the engine was stopped early; then {@code requests} excludes the
   *     requests in flight
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
  public synchronized boolean read(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      if (json.path("message").isObject() && sequences.add(json.path("sequence").asLong())) {
        accept(json.get("message"), json.path("worker").asInt());
      }
    } catch (JsonProcessingException e) {
      // Truncated at the end of the stream; the line is read again.
    }
    return stopped;
  }

  private void accept(JsonNode message, int worker) {
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

  /** Whether it ended without its final message. */
  synchronized boolean lost() {
    return !stopped;
  }
}

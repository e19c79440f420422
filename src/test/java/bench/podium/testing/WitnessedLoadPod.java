package bench.podium.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A load pod's lines, read without the operator's own reader. */
final class WitnessedLoadPod implements WitnessedPod {

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
  private boolean saidBye;

  WitnessedLoadPod(String runUid, String name) {
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
      if (read.path("fact").isObject() && sequences.add(read.path("sequence").asLong())) {
        take(read.get("fact"), read.path("worker").asInt());
      }
    } catch (JsonProcessingException e) {
      // Cut off with its stream; it comes again.
    }
    return saidBye;
  }

  private void take(JsonNode fact, int worker) {
    switch (fact.path("fact").asText()) {
      case "ran" ->
          ran.add(
              new Ran(
                  fact.get("step").asInt(),
                  fact.get("attempt").asInt(),
                  worker,
                  fact.get("requests").asLong(),
                  fact.get("sent").asLong(),
                  fact.get("cutShort").asBoolean()));
      case "bye" -> saidBye = true;
      default -> {}
    }
  }

  synchronized List<Ran> ran() {
    return List.copyOf(ran);
  }

  /** Whether it ended before it could say how far its engine came. */
  synchronized boolean lost() {
    return !saidBye;
  }
}

package bench.podium.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/** A recorded step's data as a user reads it: the index, its parts, gunzip, JSON. */
public record StoredStep(JsonNode document) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param step index, from 0
   */
  public static StoredStep read(KubernetesClient client, String namespace, String run, int step) {
    try {
      String entry =
          client
              .configMaps()
              .inNamespace(namespace)
              .withName(run + "-index")
              .get()
              .getData()
              .get("step-%04d".formatted(step));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (JsonNode part : JSON.readTree(entry).get("parts")) {
        String base64 =
            client
                .configMaps()
                .inNamespace(namespace)
                .withName(part.asText())
                .get()
                .getBinaryData()
                .get("data.json.gz");
        bytes.writeBytes(Base64.getDecoder().decode(base64));
      }
      try (var gunzip = new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return new StoredStep(JSON.readTree(gunzip));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When the recorded attempt started. */
  public Instant t0() {
    return Instant.EPOCH.plus(document.get("t0EpochMicros").asLong(), ChronoUnit.MICROS);
  }

  /** What came of each attempt, the recorded one last. */
  public List<JsonNode> attempts() {
    return StreamSupport.stream(document.get("attempts").spliterator(), false).toList();
  }

  /** Latencies of all workers, second by second. */
  public JsonNode seconds() {
    return document.get("seconds");
  }

  /** What was seen of each of the target's pods in the measured part. */
  public List<JsonNode> replicas() {
    return StreamSupport.stream(document.get("target").spliterator(), false).toList();
  }

  /** What each worker reported, in the order of their indexes. */
  public List<JsonNode> workers() {
    return StreamSupport.stream(document.get("workers").spliterator(), false).toList();
  }
}

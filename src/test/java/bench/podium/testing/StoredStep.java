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

/** The stored data of a recorded step, read as a user would: index, parts, gunzip, JSON. */
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

  /** T0 of the recorded attempt. */
  public Instant t0() {
    return Instant.EPOCH.plus(document.get("t0EpochMicros").asLong(), ChronoUnit.MICROS);
  }

  /** The outcome of each attempt, the recorded one last. */
  public List<JsonNode> attempts() {
    return StreamSupport.stream(document.get("attempts").spliterator(), false).toList();
  }

  /** The latencies of all workers by second. */
  public JsonNode seconds() {
    return document.get("seconds");
  }

  /** The samples of each pod of the target in the measured part. */
  public List<JsonNode> replicas() {
    return StreamSupport.stream(document.get("target").spliterator(), false).toList();
  }

  /** The report of each worker, ordered by index. */
  public List<JsonNode> workers() {
    return StreamSupport.stream(document.get("workers").spliterator(), false).toList();
  }
}

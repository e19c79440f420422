package bench.podium.results;

import bench.podium.domain.evaluation.AttemptHistory;
import bench.podium.domain.evaluation.AttemptRecord;
import bench.podium.domain.evaluation.Row;
import bench.podium.domain.measurement.LatencyHistogram;
import bench.podium.domain.measurement.ReplySeries;
import bench.podium.domain.measurement.StepMeasurement;
import bench.podium.domain.measurement.TargetSample;
import bench.podium.protocol.EpochMicros;
import bench.podium.protocol.ProtocolCodec;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Serializes results for storage. Equal data gives equal bytes and so equal names: nothing contains
 * the time of writing, so that writing the same result twice writes the same objects.
 */
public final class ResultCodec {

  /** A ConfigMap holds at most 1 MiB. */
  private static final int MAX_PART_BYTES = 900 * 1024;

  private final ProtocolCodec wire;
  private final ObjectMapper mapper =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .configure(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, true)
          .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
          .configure(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES, true)
          .configure(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, true)
          .build();

  public ResultCodec(ProtocolCodec wire) {
    this.wire = wire;
  }

  /**
   * A part of a step's data.
   *
   * @param sha256 of its bytes, 64 hex digits
   * @param base64 its bytes
   */
  public record Part(String sha256, String base64) {}

  /** Encodes a step's data as gzipped JSON, split into parts that each fit a ConfigMap. */
  public List<Part> parts(StepData data) {
    byte[] bytes = gzip(document(data));
    List<Part> parts = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += MAX_PART_BYTES) {
      byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + MAX_PART_BYTES));
      parts.add(new Part(sha256(part), Base64.getEncoder().encodeToString(part)));
    }
    return List.copyOf(parts);
  }

  /** Compresses the tail of a log with gzip; 256 KiB always fit a ConfigMap. */
  public Part log(byte[] text) {
    byte[] bytes = gzip(text);
    return new Part(sha256(bytes), Base64.getEncoder().encodeToString(bytes));
  }

  /**
   * Encodes the index entry of a step: its row and the names of its parts. Long texts of the row
   * are truncated, so that the entries of all steps fit one object.
   */
  public String entry(IndexEntry entry) {
    return write(new IndexEntry(StoredRow.of(entry.row()), entry.parts()));
  }

  /**
   * Decodes an index entry.
   *
   * @throws IllegalArgumentException if the text is not an index entry
   */
  public IndexEntry entry(String text) {
    try {
      return Optional.ofNullable(mapper.readValue(text, IndexEntry.class))
          .orElseThrow(() -> new IllegalArgumentException("unreadable index entry: null"));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("unreadable index entry: " + e.getOriginalMessage(), e);
    }
  }

  /** Encodes terminated containers of a target as indented JSON. */
  public String crash(CrashData data) {
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot be written as JSON", e);
    }
  }

  private byte[] document(StepData data) {
    ObjectNode root = mapper.createObjectNode();
    root.put("run", data.run());
    root.put("attempt", data.attempt());
    root.put("t0EpochMicros", data.t0EpochMicros());
    root.set("row", mapper.valueToTree(data.row()));
    attempts(root, data.attempts());
    StepMeasurement merged = data.merged();
    root.put("measured", base64(merged.measured()));
    root.put("corrected", base64(merged.corrected()));
    ArrayNode seconds = root.putArray("seconds");
    merged.series().seconds().forEach(second -> seconds.add(second(second)));
    replies(root.putObject("replies"), merged.replies());
    root.put("lost", base64(merged.lost()));
    ArrayNode replicas = root.putArray("target");
    data.samples().forEach(samples -> samples(replicas.addArray(), samples));
    ArrayNode workers = root.putArray("workers");
    data.reports()
        .forEach(report -> workers.add(tree(wire.resultDocument(report.withoutSeries()))));
    return write(root).getBytes(StandardCharsets.UTF_8);
  }

  private static void attempts(ObjectNode root, AttemptHistory history) {
    ArrayNode attempts = root.putArray("attempts");
    for (AttemptRecord record : history.last()) {
      ObjectNode attempt =
          attempts
              .addObject()
              .put("attempt", record.attempt())
              .put("outcome", record.outcome().label())
              .put("reason", record.reason());
      record.sent().ifPresent(sent -> attempt.put("sent", sent));
    }
    if (history.earlier() > 0) {
      root.putObject("earlierAttempts")
          .put("attempts", history.earlier())
          .put("sent", history.earlierSent())
          .put("unknown", history.earlierUnknown());
    }
  }

  private ObjectNode second(LatencyHistogram second) {
    ObjectNode figures = mapper.createObjectNode();
    figures.put("count", second.count());
    figures.put("p50Micros", second.percentileMicros(50));
    figures.put("p90Micros", second.percentileMicros(90));
    figures.put("p99Micros", second.percentileMicros(99));
    return figures.put("maxMicros", second.maxMicros());
  }

  private static void replies(ObjectNode node, ReplySeries replies) {
    node.put("slotMicros", replies.slot().toNanos() / 1000);
    ArrayNode counts = node.putArray("counts");
    replies.counts().forEach(counts::add);
  }

  private static void samples(ArrayNode replica, List<TargetSample> samples) {
    for (TargetSample sample : samples) {
      replica
          .addObject()
          .put("takenEpochMicros", EpochMicros.of(sample.takenAt()))
          .put("cpuMicros", sample.cpu().toNanos() / 1000)
          .put("memoryBytes", sample.memoryBytes())
          .put("threads", sample.threads());
    }
  }

  private ObjectNode tree(String json) {
    try {
      return (ObjectNode) mapper.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("what was just written cannot be read", e);
    }
  }

  private String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot be written as JSON", e);
    }
  }

  private static String base64(LatencyHistogram histogram) {
    return Base64.getEncoder().encodeToString(histogram.encode());
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The index entry of a recorded step.
   *
   * @param parts names of the ConfigMaps with its data, in order; empty for a step that could not
   *     be measured
   */
  public record IndexEntry(Row row, List<String> parts) {
    public IndexEntry {
      parts = List.copyOf(parts);
    }
  }
}

package bench.podium.protocol;

import bench.podium.domain.plan.Workload;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Encodes and decodes everything that operator, workers and collectors exchange, for both ends.
 * Equal values give equal text. Instants and durations are encoded in whole microseconds.
 */
public final class ProtocolCodec {

  /** Maximum length of a line in characters; longer ones are not decoded. */
  public static final int MAX_LINE_LENGTH = 32 * 1024;

  private static final String VERSION = "version";

  private final ObjectMapper mapper =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new ProtocolTypes())
          .configure(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, true)
          .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
          .configure(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, true)
          .configure(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES, true)
          .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true)
          .configure(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, true)
          .configure(DeserializationFeature.ACCEPT_FLOAT_AS_INT, false)
          .build();

  /** Encodes one line, without a line feed. */
  public String encodeLine(Envelope line) {
    return write(line);
  }

  /**
   * Decodes one line. Never throws: a line that is not of this protocol is returned as unreadable,
   * with the reason.
   */
  public DecodedMessage decodeLine(String text) {
    if (text.length() > MAX_LINE_LENGTH) {
      return new DecodedMessage.Unreadable(
          "longer than " + MAX_LINE_LENGTH + " characters: " + text.length());
    }
    try {
      JsonNode tree = mapper.readTree(text);
      int version = tree.path(VERSION).asInt();
      if (version != Envelope.VERSION) {
        return new DecodedMessage.Unreadable("no line of protocol version " + Envelope.VERSION);
      }
      addMissingFields(tree.path("message"));
      return new DecodedMessage.Read(mapper.treeToValue(tree, Envelope.class));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return new DecodedMessage.Unreadable(reason(e));
    }
  }

  /** A sample may lack the starts of main processes: it then counts as one that has seen none. */
  private static void addMissingFields(JsonNode message) {
    if (message instanceof ObjectNode fields
        && AgentMessage.Sample.NAME.equals(fields.path("type").asText())
        && !fields.has(AgentMessage.Sample.MAIN_STARTS)) {
      fields.putArray(AgentMessage.Sample.MAIN_STARTS);
    }
  }

  /** Encodes a command for the annotation {@value Command#ANNOTATION}. */
  public String encodeCommand(Command command) {
    ObjectNode tree = mapper.valueToTree(command);
    tree.put(VERSION, Envelope.VERSION);
    return write(tree);
  }

  /**
   * Decodes a command.
   *
   * @throws IllegalArgumentException with the reason: another version, an unknown kind, a missing
   *     field
   */
  public Command decodeCommand(String text) {
    try {
      JsonNode tree = mapper.readTree(text);
      if (!(tree instanceof ObjectNode fields) || !fields.path(VERSION).isInt()) {
        throw new IllegalArgumentException("a command is a JSON object with a whole \"version\"");
      }
      int version = fields.remove(VERSION).asInt();
      if (version != Envelope.VERSION) {
        throw new IllegalArgumentException(
            "command of version " + version + "; this program reads version " + Envelope.VERSION);
      }
      return mapper.treeToValue(fields, Command.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("unreadable command: " + reason(e), e);
    }
  }

  /** Encodes the workload for the file that the workers read. */
  public String encodeWorkload(Workload workload) {
    return write(workload);
  }

  /**
   * Decodes the workload.
   *
   * @throws IllegalArgumentException if the text is not from {@link #encodeWorkload}
   */
  public Workload decodeWorkload(String text) {
    try {
      return mapper.readValue(text, Workload.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("unreadable workload: " + reason(e), e);
    }
  }

  /** Encodes a result in parts that each fit in a line; equal results give equal parts. */
  public List<AgentMessage.ResultPart> encodeResult(AttemptResult result) {
    byte[] json = write(result).getBytes(StandardCharsets.UTF_8);
    return ResultParts.split(result.step(), result.attempt(), json);
  }

  /** Encodes a result as one JSON document, for storing. */
  public String resultDocument(AttemptResult result) {
    return write(result);
  }

  /**
   * Decodes a result.
   *
   * @param json of a whole result
   * @throws IllegalArgumentException if it is invalid
   */
  AttemptResult decodeResult(byte[] json) {
    try {
      return mapper.readValue(json, AttemptResult.class);
    } catch (IOException e) {
      throw new IllegalArgumentException("unreadable result: " + reason(e), e);
    }
  }

  private String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot be written as JSON", e);
    }
  }

  /** The first line of Jackson's message; the others refer to positions in the source. */
  private static String reason(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(message);
  }
}

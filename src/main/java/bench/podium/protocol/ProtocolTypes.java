package bench.podium.protocol;

import bench.podium.domain.measurement.LatencyHistogram;
import bench.podium.domain.measurement.OfferedLoad;
import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.RequestTemplate;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.function.Function;

/** Jackson module with the encodings of types that have no natural JSON form. */
final class ProtocolTypes extends SimpleModule {

  private static final long serialVersionUID = 1L;

  ProtocolTypes() {
    asText(
        LatencyHistogram.class,
        histogram -> Base64.getEncoder().encodeToString(histogram.encode()),
        text -> LatencyHistogram.decode(Base64.getDecoder().decode(text)));
    asText(RequestTemplate.class, RequestTemplate::text, RequestTemplate::parse);
    setMixInAnnotation(OfferedLoad.class, Named.class);
    setMixInAnnotation(LoadShare.class, Named.class);
    asMicros(Instant.class, EpochMicros::of, EpochMicros::instant);
    asMicros(
        Duration.class,
        duration -> Math.floorDiv(duration.toNanos(), 1000L),
        micros -> Duration.of(micros, ChronoUnit.MICROS));
  }

  /** Protocol names of the domain's sealed types, because the domain does not depend on JSON. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = OfferedLoad.Connections.class, name = "connections"),
    @JsonSubTypes.Type(value = OfferedLoad.Rate.class, name = "rate"),
    @JsonSubTypes.Type(value = LoadShare.Connections.class, name = "heldConnections"),
    @JsonSubTypes.Type(value = LoadShare.Rate.class, name = "totalRate")
  })
  private interface Named {}

  private <T> void asText(Class<T> type, Function<T, String> write, Function<String, T> read) {
    addSerializer(type, new Writer<>(type, (value, json) -> json.writeString(write.apply(value))));
    addDeserializer(type, new Reader<>(type, json -> read.apply(json.getText())));
  }

  private <T> void asMicros(Class<T> type, Function<T, Long> write, Function<Long, T> read) {
    addSerializer(type, new Writer<>(type, (value, json) -> json.writeNumber(write.apply(value))));
    addDeserializer(type, new Reader<>(type, json -> read.apply(json.getLongValue())));
  }

  private interface Written<T> {
    void write(T value, JsonGenerator json) throws IOException;
  }

  private interface Parsed<T> {
    T read(JsonParser json) throws IOException;
  }

  private static final class Writer<T> extends StdSerializer<T> {

    private static final long serialVersionUID = 1L;
    private final transient Written<T> form;

    Writer(Class<T> type, Written<T> form) {
      super(type);
      this.form = form;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      form.write(value, json);
    }
  }

  private static final class Reader<T> extends StdDeserializer<T> {

    private static final long serialVersionUID = 1L;
    private final transient Parsed<T> form;

    Reader(Class<T> type, Parsed<T> form) {
      super(type);
      this.form = form;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
      try {
        return form.read(json);
      } catch (IllegalArgumentException e) {
        throw context.weirdStringException(json.getText(), handledType(), e.getMessage());
      }
    }
  }
}

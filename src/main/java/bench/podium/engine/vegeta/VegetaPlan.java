package bench.podium.engine.vegeta;

import bench.podium.domain.measurement.LatencySeries;
import bench.podium.domain.plan.LoadShare;
import bench.podium.domain.plan.RequestTemplate;
import bench.podium.domain.plan.Workload;
import bench.podium.engine.LoadAssignment;
import bench.podium.engine.SequenceNumbers;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** An order as the JSON that {@code podium-vegeta} reads: its type {@code plan}. */
final class VegetaPlan {

  private static final ObjectMapper JSON = new ObjectMapper();

  private VegetaPlan() {}

  static String json(Instant t0, LoadAssignment order, LoadShare.Rate rate, Path counters) {
    Workload workload = order.workload();
    ObjectNode plan = JSON.createObjectNode();
    plan.put("url", order.target().toString());
    plan.put("t0EpochMicros", micros(t0));
    plan.put("warmupMicros", micros(order.warmup()));
    plan.put("measuredFromEpochMicros", micros(order.measuredFrom(t0)));
    plan.put("durationMicros", micros(order.duration()));
    plan.put("timeoutMicros", micros(order.timeout()));
    plan.put("fromRate", rate.from());
    plan.put("toRate", rate.to());
    plan.put("worker", order.worker());
    plan.put("workers", order.workers());
    plan.put("threads", order.threads());
    plan.put("keepAlive", workload.keepAlive());
    plan.put("seed", workload.seed());
    plan.put("counters", counters.toString());
    plan.set("warmup", sequence(order.sequence(), SequenceNumbers.Phase.WARMUP));
    plan.set("measured", sequence(order.sequence(), SequenceNumbers.Phase.MEASURED));
    plan.put("seconds", order.duration().toSeconds() <= LatencySeries.MAX_SECONDS);
    plan.set("headers", headers(workload.headers()));
    ArrayNode requests = plan.putArray("requests");
    workload.requests().forEach(request -> requests.add(request(request)));
    return plan.toString();
  }

  /** The program has one sequence, whatever its threads are. */
  private static ObjectNode sequence(SequenceNumbers numbers, SequenceNumbers.Phase phase) {
    return JSON.createObjectNode()
        .put("sequenceFirst", numbers.firstOf(phase, 0))
        .put("sequenceStride", numbers.stride());
  }

  private static ObjectNode request(Workload.Request request) {
    ObjectNode node = JSON.createObjectNode();
    node.put("method", request.method());
    node.set("path", parts(request.path()));
    ObjectNode headers = node.putObject("headers");
    request.headers().forEach((name, value) -> headers.set(name, parts(value)));
    node.set("body", parts(request.body()));
    return node.put("weight", request.weight());
  }

  private static ArrayNode parts(RequestTemplate template) {
    ArrayNode parts = JSON.createArrayNode();
    for (RequestTemplate.Part part : template.parts()) {
      ObjectNode node = parts.addObject();
      switch (part) {
        case RequestTemplate.Literal(String text) -> node.put("text", text);
        case RequestTemplate.RandomInt(long low, long high) ->
            node.put("random", true).put("low", low).put("high", high);
        case RequestTemplate.Sequence _ -> node.put("sequence", true);
      }
    }
    return parts;
  }

  private static ObjectNode headers(Map<String, String> headers) {
    ObjectNode node = JSON.createObjectNode();
    headers.forEach(node::put);
    return node;
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static long micros(Duration duration) {
    return duration.dividedBy(ChronoUnit.MICROS.getDuration());
  }
}

package bench.podium.engine.wrk;

import bench.podium.domain.plan.RequestTemplate;
import bench.podium.domain.plan.RequestTemplate.Literal;
import bench.podium.domain.plan.RequestTemplate.Part;
import bench.podium.domain.plan.Workload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request as it goes over the wire, in HTTP/1.1, with its placeholders still open.
 *
 * @param head from the method to the last header but Content-Length, which ends with a line break
 * @param body empty: none
 */
record HttpRequestText(List<Part> head, List<Part> body, boolean announcesBody) {

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern BREAKS_LINE = Pattern.compile("[\\r\\n\\x00]");
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  /**
   * @param authority of the target, for the Host header
   * @throws IllegalArgumentException where a method, path or header would break the request's form
   */
  static HttpRequestText of(Workload workload, Workload.Request request, String authority) {
    require(TOKEN.matcher(request.method()).matches(), "method", request.method());
    List<Part> head = new ArrayList<>();
    head.add(new Literal(request.method() + " "));
    for (Part part : request.path().parts()) {
      if (part instanceof Literal(String text)) {
        require(!text.contains(" ") && !BREAKS_LINE.matcher(text).find(), "path", text);
      }
      head.add(part);
    }
    head.add(new Literal(" HTTP/1.1\r\n"));
    headers(workload, request, authority)
        .forEach(
            (name, value) -> {
              head.add(new Literal(name + ": "));
              head.addAll(value);
              head.add(new Literal("\r\n"));
            });
    List<Part> body = request.body().parts();
    boolean announcesBody = !body.isEmpty() || WITH_BODY.contains(request.method());
    return new HttpRequestText(joined(head), body, announcesBody);
  }

  /** With neighbouring literals as one. */
  private static List<Part> joined(List<Part> parts) {
    List<Part> joined = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Literal(String next)
          && !joined.isEmpty()
          && joined.getLast() instanceof Literal(String last)) {
        joined.removeLast();
        joined.add(new Literal(last + next));
      } else {
        joined.add(part);
      }
    }
    return List.copyOf(joined);
  }

  /** By name, whatever its case; a request's own header wins over the workload's. */
  private static Map<String, List<Part>> headers(
      Workload workload, Workload.Request request, String authority) {
    Map<String, List<Part>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Host", List.of(new Literal(authority)));
    workload.headers().forEach((name, value) -> headers.put(name, List.of(new Literal(value))));
    request.headers().forEach((name, value) -> headers.put(name, value.parts()));
    headers.remove("Content-Length");
    if (!workload.keepAlive()) {
      headers.put("Connection", List.of(new Literal("close")));
    }
    headers.forEach(HttpRequestText::requireSendable);
    return headers;
  }

  private static void requireSendable(String name, List<Part> value) {
    require(TOKEN.matcher(name).matches(), "header", name);
    for (Part part : value) {
      if (part instanceof Literal(String text)) {
        require(!BREAKS_LINE.matcher(text).find(), "value of the header " + name, text);
      }
    }
  }

  private static void require(boolean holds, String what, String value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "the %s %s cannot be sent".formatted(what, LuaSource.literal(value)));
    }
  }

  /** Whether each such request is the same. */
  boolean isConstant() {
    return isConstant(head) && isConstant(body);
  }

  private static boolean isConstant(List<Part> parts) {
    return parts.stream().allMatch(Literal.class::isInstance);
  }

  /** An entry of the plan's list of requests. */
  String toLua(int weight) {
    if (isConstant()) {
      return "{weight = %d, text = %s}".formatted(weight, LuaSource.literal(constant()));
    }
    if (isConstant(body)) {
      List<Part> whole = new ArrayList<>(head);
      whole.add(new Literal(tail(text(body))));
      return "{weight = %d, build = function(int, seq)%s return %s end}"
          .formatted(weight, number(whole), LuaSource.expression(whole));
    }
    return """
    {weight = %d, build = function(int, seq)%s
          local body = %s
          return %s .. "Content-Length: " .. #body .. "\\r\\n\\r\\n" .. body
        end}\
    """
        .formatted(
            weight,
            number(Stream.concat(head.stream(), body.stream()).toList()),
            LuaSource.expression(body),
            LuaSource.expression(head));
  }

  /** Draws the number of the request, once for all places that carry it. */
  private static String number(List<Part> parts) {
    return parts.contains(new RequestTemplate.Sequence()) ? " local number = seq()" : "";
  }

  private String constant() {
    return text(head) + tail(text(body));
  }

  private String tail(String bodyText) {
    int length = bodyText.getBytes(StandardCharsets.UTF_8).length;
    return (announcesBody ? "Content-Length: " + length + "\r\n" : "") + "\r\n" + bodyText;
  }

  private static String text(List<Part> parts) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Literal(String literal) -> text.append(literal);
        case RequestTemplate.RandomInt _, RequestTemplate.Sequence _ ->
            throw new IllegalStateException("placeholders are open");
      }
    }
    return text.toString();
  }
}

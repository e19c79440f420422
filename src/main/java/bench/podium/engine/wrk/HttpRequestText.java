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

/**
 * A request as it goes over the wire, in HTTP/1.1, with its parameters still open.
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
    StringBuilder rest = new StringBuilder(" HTTP/1.1\r\n");
    headers(workload, request, authority)
        .forEach((name, value) -> rest.append(name).append(": ").append(value).append("\r\n"));
    head.add(new Literal(rest.toString()));
    List<Part> body = request.body().parts();
    boolean announcesBody = !body.isEmpty() || WITH_BODY.contains(request.method());
    return new HttpRequestText(List.copyOf(head), body, announcesBody);
  }

  /** By name, whatever its case; a request's own header wins over the workload's. */
  private static Map<String, String> headers(
      Workload workload, Workload.Request request, String authority) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Host", authority);
    headers.putAll(workload.headers());
    headers.putAll(request.headers());
    headers.remove("Content-Length");
    if (!workload.keepAlive()) {
      headers.put("Connection", "close");
    }
    headers.forEach(
        (name, value) -> {
          require(TOKEN.matcher(name).matches(), "header", name);
          require(!BREAKS_LINE.matcher(value).find(), "value of the header " + name, value);
        });
    return headers;
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
      return "{weight = %d, build = function(int, seq) return %s end}"
          .formatted(weight, LuaSource.expression(whole));
    }
    return """
    {weight = %d, build = function(int, seq)
          local body = %s
          return %s .. "Content-Length: " .. #body .. "\\r\\n\\r\\n" .. body
        end}\
    """
        .formatted(weight, LuaSource.expression(body), LuaSource.expression(head));
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
            throw new IllegalStateException("parameters are open");
      }
    }
    return text.toString();
  }
}

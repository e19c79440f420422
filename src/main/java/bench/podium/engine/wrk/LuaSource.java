package bench.podium.engine.wrk;

import bench.podium.domain.plan.RequestTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Converts texts and templates to Lua expressions. */
final class LuaSource {

  /** LuaJIT holds all operands of a concatenation in registers, of which there are about 250. */
  private static final int MAX_OPERANDS = 100;

  private LuaSource() {}

  /** A string literal of the text's UTF-8 bytes, in printable ASCII on one line. */
  static String literal(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      int value = Byte.toUnsignedInt(octet);
      switch (value) {
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        default -> {
          if (value >= ' ' && value < 0x7f) {
            quoted.append((char) value);
          } else {
            // Always three digits, because a digit may follow.
            quoted.append("\\%03d".formatted(value));
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  /**
   * An expression of type string, where the function {@code int} and the request's {@code number}
   * are in scope.
   */
  static String expression(List<RequestTemplate.Part> parts) {
    List<String> operands = new ArrayList<>();
    for (RequestTemplate.Part part : parts) {
      operands.add(
          switch (part) {
            case RequestTemplate.Literal(String text) -> literal(text);
            case RequestTemplate.RandomInt(long low, long high) ->
                "int(%d, %d)".formatted(low, high);
            case RequestTemplate.Sequence() -> "number";
          });
    }
    if (operands.size() < 2) {
      operands.addFirst("\"\"");
    }
    return concatenation(operands);
  }

  private static String concatenation(List<String> operands) {
    if (operands.size() <= MAX_OPERANDS) {
      return String.join(" .. ", operands);
    }
    List<String> groups = new ArrayList<>();
    for (int from = 0; from < operands.size(); from += MAX_OPERANDS) {
      int to = Math.min(operands.size(), from + MAX_OPERANDS);
      groups.add("(" + String.join(" .. ", operands.subList(from, to)) + ")");
    }
    return concatenation(groups);
  }
}

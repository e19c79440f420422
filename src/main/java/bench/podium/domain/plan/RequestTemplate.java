package bench.podium.domain.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with parameters: <code>{{int 1 100000}}</code>, drawn anew for each request, and <code>
 * {{seq}}</code>, unique over all workers, threads, attempts and steps of a run.
 */
public record RequestTemplate(List<Part> parts) {

  private static final Pattern PARAMETER = Pattern.compile("\\{\\{(.*?)\\}\\}", Pattern.DOTALL);
  private static final Pattern INT = Pattern.compile("int\\s+(\\d{1,15})\\s+(\\d{1,15})");

  public RequestTemplate {
    parts = List.copyOf(parts);
  }

  /** A piece of a template. */
  public sealed interface Part {}

  /** Sent as it stands. */
  public record Literal(String text) implements Part {}

  /** A whole number drawn evenly from {@code low} to {@code high}, both included. */
  public record RandomInt(long low, long high) implements Part {}

  /** A whole number that no other request of the run carries. */
  public record Sequence() implements Part {}

  /**
   * @throws IllegalArgumentException where a parameter is not known, naming it and those that are
   */
  public static RequestTemplate parse(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = PARAMETER.matcher(text);
    int from = 0;
    while (matcher.find()) {
      addLiteral(parts, text.substring(from, matcher.start()));
      parts.add(placeholder(matcher.group(1).strip()));
      from = matcher.end();
    }
    addLiteral(parts, text.substring(from));
    return new RequestTemplate(parts);
  }

  private static void addLiteral(List<Part> parts, String text) {
    if (text.contains("{{")) {
      throw new IllegalArgumentException("\"{{\" without \"}}\"; close the parameter");
    }
    if (!text.isEmpty()) {
      parts.add(new Literal(text));
    }
  }

  private static Part placeholder(String text) {
    if (text.equals("seq")) {
      return new Sequence();
    }
    Matcher matcher = INT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "unknown parameter \"{{" + text + "}}\"; write {{int LOW HIGH}} or {{seq}}");
    }
    long low = Long.parseLong(matcher.group(1));
    long high = Long.parseLong(matcher.group(2));
    if (low > high) {
      throw new IllegalArgumentException(
          "\"{{" + text + "}}\" is empty; write the lower bound first");
    }
    return new RandomInt(low, high);
  }
}

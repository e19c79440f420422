package bench.podium.domain.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with placeholders: <code>@{int 1 100000}</code>, a random number that is drawn anew at
 * each occurrence, and <code>@{seq}</code>, the number of the request, unique across all workers,
 * threads, attempts and steps of a run. <code>@@{</code> is a literal <code>@{</code>.
 */
public record RequestTemplate(List<Part> parts) {

  private static final Pattern PLACEHOLDER = Pattern.compile("@(@\\{|\\{([^}]*)(}?))");
  private static final Pattern INT = Pattern.compile("int\\s+(\\d{1,15})\\s+(\\d{1,15})");

  /** The syntax of placeholders in earlier versions. */
  private static final Pattern EARLIER_FORM = Pattern.compile("\\{\\{(seq|int \\d+ \\d+)}}");

  public RequestTemplate {
    parts = List.copyOf(parts);
  }

  /** A part of a template. */
  public sealed interface Part {}

  /** Text that is sent unchanged. */
  public record Literal(String text) implements Part {}

  /** A uniformly distributed random integer from {@code low} to {@code high}, both inclusive. */
  public record RandomInt(long low, long high) implements Part {}

  /** The number of the request, unique in the run. */
  public record Sequence() implements Part {}

  /**
   * Parses a text with placeholders.
   *
   * @throws IllegalArgumentException if a placeholder is unknown, not closed, or has the syntax of
   *     earlier versions; the message says what to write
   */
  public static RequestTemplate parse(String text) {
    Matcher earlier = EARLIER_FORM.matcher(text);
    if (earlier.find()) {
      throw new IllegalArgumentException(
          "\"%s\" is a placeholder of an earlier version; write @{%s}"
              .formatted(earlier.group(), earlier.group(1)));
    }
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    Matcher matcher = PLACEHOLDER.matcher(text);
    int from = 0;
    while (matcher.find()) {
      literal.append(text, from, matcher.start());
      from = matcher.end();
      if (matcher.group(1).equals("@{")) {
        literal.append("@{");
      } else {
        addLiteral(parts, literal);
        parts.add(placeholder(matcher));
      }
    }
    literal.append(text, from, text.length());
    addLiteral(parts, literal);
    return new RequestTemplate(parts);
  }

  private static void addLiteral(List<Part> parts, StringBuilder literal) {
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private static Part placeholder(Matcher found) {
    if (found.group(3).isEmpty()) {
      throw new IllegalArgumentException(
          "\"@{\" without \"}\": close the placeholder, or write @@{ for a literal @{");
    }
    String text = found.group(2).strip();
    if (text.equals("seq")) {
      return new Sequence();
    }
    Matcher matcher = INT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "unknown placeholder \"%s\"; write @{int LOW HIGH} or @{seq}, or @@{ for a literal @{"
              .formatted(found.group()));
    }
    long low = Long.parseLong(matcher.group(1));
    long high = Long.parseLong(matcher.group(2));
    if (low > high) {
      throw new IllegalArgumentException(
          "\"%s\" is empty; write the lower bound first".formatted(found.group()));
    }
    return new RandomInt(low, high);
  }

  /** The text from which {@link #parse} makes an equal template. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Literal(String literal) -> text.append(literal.replace("@{", "@@{"));
        case RandomInt(long low, long high) -> text.append("@{int %d %d}".formatted(low, high));
        case Sequence() -> text.append("@{seq}");
      }
    }
    return text.toString();
  }
}

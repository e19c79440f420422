package bench.podium.observation;

import bench.podium.domain.evaluation.BoundedText;
import bench.podium.domain.observation.LogEnd;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Prepares the last lines of a log for storing and showing: redacted, printable and of bounded
 * size.
 */
final class LogText {

  /** Longer lines were truncated to this length when they were read. */
  static final int MAX_READ_BYTES = 16 * 1024;

  /** Number of lines searched for the one that begins a stack trace. */
  static final int LINES_READ = 1000;

  /**
   * A line of at least this length may have been truncated, since its timestamp was counted as
   * well.
   */
  private static final int TRUNCATED_FROM = MAX_READ_BYTES - 64;

  private static final int MAX_LINES = 20;
  private static final int MAX_BYTES = 8 * 1024;
  private static final int MAX_LINE_BYTES = 2 * 1024;
  private static final int MAX_SHOWN_LENGTH = 256;
  private static final String TRUNCATION_MARK = BoundedText.ELLIPSIS;

  /** Terminal control sequences, such as colours, as defined by ECMA-48. */
  private static final Pattern ESCAPE =
      Pattern.compile("\\x1B(\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1B]*(\\x07|\\x1B\\\\)|[@-Z\\\\^_])");

  private LogText() {}

  /**
   * @param lines the last lines, in order; unfiltered
   */
  static LogEnd of(List<String> lines, Redaction redaction) {
    List<String> plain = lines.stream().map(LogText::withoutEscapes).toList();
    return new LogEnd(
        LastLine.of(plain).map(line -> shown(safe(line, redaction))), lastLines(plain, redaction));
  }

  private static List<String> lastLines(List<String> lines, Redaction redaction) {
    Deque<String> last = new ArrayDeque<>();
    int bytes = 0;
    for (String line : lines.reversed()) {
      String safe = truncated(safe(line, redaction));
      bytes += safe.getBytes(StandardCharsets.UTF_8).length + 1;
      if (last.size() == MAX_LINES || bytes > MAX_BYTES) {
        break;
      }
      last.addFirst(safe);
    }
    return List.copyOf(last);
  }

  private static String safe(String line, Redaction redaction) {
    boolean truncated = line.getBytes(StandardCharsets.UTF_8).length >= TRUNCATED_FROM;
    return printable(
        truncated ? redaction.ofBeginning(withoutPartialCharacter(line)) : redaction.of(line));
  }

  /** Drops a trailing character of which only some bytes were read. */
  private static String withoutPartialCharacter(String line) {
    return line.endsWith("\uFFFD") ? line.substring(0, line.length() - 1) : line;
  }

  private static String withoutEscapes(String line) {
    return ESCAPE.matcher(line).replaceAll("").stripTrailing();
  }

  /** Replaces control characters and unpaired surrogates, which a status must not contain. */
  private static String printable(String line) {
    return line.codePoints()
        .map(point -> point == '\t' ? ' ' : isPrintable(point) ? point : '\uFFFD')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .stripTrailing();
  }

  private static boolean isPrintable(int point) {
    return !Character.isISOControl(point)
        && Character.getType(point) != Character.SURROGATE
        && Character.getType(point) != Character.FORMAT
        && Character.getType(point) != Character.LINE_SEPARATOR
        && Character.getType(point) != Character.PARAGRAPH_SEPARATOR;
  }

  private static String shown(String line) {
    return BoundedText.of(
        line.strip(), MAX_SHOWN_LENGTH, MAX_SHOWN_LENGTH - TRUNCATION_MARK.length());
  }

  private static String truncated(String line) {
    if (line.getBytes(StandardCharsets.UTF_8).length <= MAX_LINE_BYTES) {
      return line;
    }
    int end = 0;
    int bytes = 0;
    while (end < line.length()) {
      int point = line.codePointAt(end);
      bytes += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_LINE_BYTES - TRUNCATION_MARK.length()) {
        break;
      }
      end += Character.charCount(point);
    }
    return line.substring(0, end) + TRUNCATION_MARK;
  }
}

package bench.podium.observation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds the line of a log that best explains why its program ended: the last line, or, if that is
 * part of a stack trace, the line with the error that begins the trace.
 */
final class LastLine {

  /** The stack trace formats of languages and runtimes. */
  private enum Trace {
    GO(
        "(panic|fatal error|SIG[A-Z]+): .*",
        "goroutine .*|created by .*|\\[signal .*|\\[recovered\\].*|exit status \\d+|runtime.*"
            + "|\\.\\.\\.additional frames elided\\.\\.\\.|PC=.*|\\s+.*"
            + "|[\\w./*()\\[\\]{}$,~·-]+\\(.*\\)|[a-z]\\w{1,7}\\s+0x[0-9a-f]+"),
    JAVA("Exception in thread .*", "\\s+.*|Caused by: .*|Suppressed: .*|\\.\\.\\. \\d+ more"),
    JAVA_VM("#\\s+(SIG[A-Z]+ |Internal Error|Native memory|java\\.lang\\.).*", "#.*|\\[.*"),
    RUST("thread .* panicked at .*", "note: .*|stack backtrace:|\\s+.*"),
    DOTNET("Unhandled exception.*", "\\s+.*|--- .*|Aborted.*"),
    NODE("(Uncaught )?[\\w.$]*(Error|Exception)\\b.*", "\\s+.*|\\}|Node\\.js v.*"),
    PYTHON("[\\w.]+(Error|Exception|Interrupt|Exit|Warning)\\b(:.*)?", "\\s+.*|[\\w.\\[\\]]+");

    private final Pattern begin;
    private final Pattern rest;

    Trace(String begin, String rest) {
      this.begin = Pattern.compile(begin, Pattern.DOTALL);
      this.rest = Pattern.compile(rest, Pattern.DOTALL);
    }

    boolean begins(String line) {
      return begin.matcher(head(line)).matches();
    }

    boolean isPartOfTrace(String line) {
      return line.isBlank() || rest.matcher(head(line)).matches();
    }
  }

  private static final Pattern FRAME =
      Pattern.compile(
          "\\s+(at|from|in|File|\\d+:|\\.\\.\\.|/|\\^).*|goroutine .*|exit status \\d+");

  private static final String TRACEBACK = "Traceback (most recent call last):";

  /** Maximum number of lines in an error message before the stack begins. */
  private static final int MESSAGE_LINES = 8;

  /** Only this many characters of a line are matched, since a hostile line may be long. */
  private static final int HEAD = 2048;

  private LastLine() {}

  private static String head(String line) {
    return line.length() <= HEAD ? line : line.substring(0, HEAD);
  }

  /**
   * The line that explains the end.
   *
   * @param lines the last lines of a log, in order, without line terminators
   * @return empty if all lines are blank
   */
  static Optional<String> of(List<String> lines) {
    List<String> nonBlank = lines.stream().filter(line -> !line.isBlank()).toList();
    if (nonBlank.isEmpty()) {
      return Optional.empty();
    }
    for (Trace trace : Trace.values()) {
      Optional<String> begin = beginOf(trace, nonBlank);
      if (begin.isPresent()) {
        return begin;
      }
    }
    return Optional.of(
        nonBlank.reversed().stream()
            .filter(line -> !FRAME.matcher(head(line)).matches())
            .findFirst()
            .orElse(nonBlank.getLast()));
  }

  /**
   * The last line that begins a trace of this format and is followed by nothing but its trace:
   * after an exception that was caught, the program goes on logging.
   */
  private static Optional<String> beginOf(Trace trace, List<String> nonBlank) {
    if (trace == Trace.PYTHON && !nonBlank.contains(TRACEBACK)) {
      return Optional.empty();
    }
    return IntStream.iterate(nonBlank.size() - 1, i -> i >= 0, i -> i - 1)
        .filter(i -> trace.begins(nonBlank.get(i)))
        .limit(1)
        .filter(i -> onlyTraceFollows(trace, nonBlank, i))
        .mapToObj(i -> fullLine(trace, nonBlank, i))
        .findFirst();
  }

  private static boolean onlyTraceFollows(Trace trace, List<String> nonBlank, int begin) {
    int stack = begin + 1;
    int messageEnds = Math.min(nonBlank.size(), stack + MESSAGE_LINES);
    while (hasMessage(trace) && stack < messageEnds && !trace.isPartOfTrace(nonBlank.get(stack))) {
      stack++;
    }
    boolean messageOnly = stack > begin + 1 && stack == nonBlank.size();
    return !messageOnly
        && nonBlank.subList(stack, nonBlank.size()).stream().allMatch(trace::isPartOfTrace);
  }

  private static boolean hasMessage(Trace trace) {
    return trace == Trace.GO || trace == Trace.RUST;
  }

  /** The line, joined with the next one for Rust, which writes the message on a line of its own. */
  private static String fullLine(Trace trace, List<String> nonBlank, int begin) {
    String line = nonBlank.get(begin);
    boolean messageFollows =
        trace == Trace.RUST && line.endsWith(":") && begin + 1 < nonBlank.size();
    return messageFollows ? line + " " + nonBlank.get(begin + 1) : line;
  }
}

package bench.podium.planning;

import static bench.podium.planning.RejectedSpecException.check;
import static bench.podium.planning.RejectedSpecException.invalid;

import bench.podium.api.v1alpha1.Bounds;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks of free texts in a spec: control characters can prevent a container from starting, or a
 * run from being printed.
 */
final class TextChecks {

  private static final Pattern CONTROL = Pattern.compile(Bounds.CONTROL);
  private static final Pattern LONE_PERCENT = Pattern.compile(Bounds.LONE_PERCENT);

  private TextChecks() {}

  /** Rejects control characters other than tab and line breaks. */
  static void plain(String field, String text) {
    Matcher control = CONTROL.matcher(text);
    if (control.find()) {
      throw invalid(
          field,
          "has the control character U+%04X at position %d; leave it out, only tab and line breaks are allowed"
              .formatted(text.codePointAt(control.start()), control.start()));
    }
  }

  static void plain(String field, List<String> texts) {
    int index = 0;
    for (String text : texts) {
      plain(field + "[" + index++ + "]", text);
    }
  }

  /** Rejects control characters other than tab. */
  static void oneLine(String field, String text) {
    check(
        text.indexOf('\n') < 0 && text.indexOf('\r') < 0,
        field,
        "must not contain a line break; write it on one line");
    plain(field, text);
  }

  /**
   * Rejects a percent sign that does not begin an escape.
   *
   * @param path a literal part of the path: an escape cannot continue in a placeholder
   */
  static void escaped(String field, String path) {
    Matcher percent = LONE_PERCENT.matcher(path);
    if (percent.find()) {
      throw invalid(
          field,
          "\"%s\" has a %% that begins no escape of two hexadecimal digits; write %%25 for a percent sign"
              .formatted(path));
    }
  }
}

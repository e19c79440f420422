package bench.podium.api.v1alpha1;

/**
 * What CEL says of texts with parameters: {@code {{int LOW HIGH}}} and {@code {{seq}}}.
 *
 * <p>The expressions are short because the API server counts their length against its cost budget,
 * times that of the longest body; a brace that begins no repetition stands for itself. That LOW is
 * at most HIGH they cannot see.
 */
final class TemplateRules {

  private static final String PARAMETER = "{{ *(seq|int +\\\\d+ +\\\\d+) *}}";

  /** Two braces begin a parameter; there is no other way to write them. */
  static final String PARAMETERS = "self.matches('^({?[^{]|" + PARAMETER + ")*{?$')";

  static final String PARAMETERS_HINT =
      "{{ begins a parameter: write {{int LOW HIGH}} or {{seq}}, and single braces elsewhere";

  /** What may stand in a request line, besides the blanks of a parameter. */
  static final String SENDABLE = "self.matches('^([!\"$-~]|" + PARAMETER + ")*$')";

  static final String SENDABLE_HINT =
      "a path has neither blanks nor # outside of {{ }}, and ASCII only: write them as %20, %23 and"
          + " so on";

  static final String ESCAPED = "!self.matches('" + Bounds.LONE_PERCENT + "')";

  static final String ESCAPED_HINT =
      "% in a path begins an escape of two hexadecimal digits, as in %20: write %25 for a percent sign";

  private TemplateRules() {}
}

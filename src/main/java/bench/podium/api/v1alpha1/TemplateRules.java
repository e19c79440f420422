package bench.podium.api.v1alpha1;

/**
 * CEL rules for texts with placeholders: {@code @} followed by {@code {int LOW HIGH}} or {@code
 * {seq}}.
 *
 * <p>The expressions are short because the API server's cost estimate multiplies their length by
 * the maximum length of the text; that is why braces that begin no repetition are not escaped. They
 * cannot compare LOW with HIGH; the planner does.
 */
final class TemplateRules {

  private static final String PLACEHOLDER = "@{(seq|int +\\\\d+ +\\\\d+)}";

  /** A brace after one @ begins a placeholder; after two it is a literal brace. */
  static final String PLACEHOLDERS = "self.matches('^([^@]|@@|@[^@{]|" + PLACEHOLDER + ")*@?$')";

  /**
   * The rule for header values. There may be 1,024 of them with 4,096 characters each, so that an
   * expression of more than 20 characters exceeds the cost budget. It only finds placeholders with
   * an invalid first letter; the planner finds the others.
   */
  static final String HEADER_PLACEHOLDERS = "!self.matches('(^|[^@])@{([^si]|$)')";

  static final String PLACEHOLDERS_HINT =
      "@{ begins a placeholder: write @{int LOW HIGH} or @{seq}, or @@{ for a literal @{";

  /** As short as the cost budget of header values requires. */
  static final String NO_EARLIER_FORM = "!self.matches('{{(seq|int \\\\d+ \\\\d+)}')";

  static final String EARLIER_FORM_HINT =
      "placeholders are written @{seq} and @{int LOW HIGH}: replace {{seq}} and {{int LOW HIGH}}";

  /** Characters of a request line; blanks are permitted only within a placeholder. */
  static final String SENDABLE = "self.matches('^([!\"$-~]|" + PLACEHOLDER + ")*$')";

  static final String SENDABLE_HINT =
      "a path must be ASCII, without blanks and # outside of placeholders: write them as"
          + " %20, %23 and so on";

  static final String ESCAPED = "!self.matches('" + Bounds.LONE_PERCENT + "')";

  static final String ESCAPED_HINT =
      "% in a path begins an escape of two hexadecimal digits, as in %20: write %25 for a percent sign";

  private TemplateRules() {}
}

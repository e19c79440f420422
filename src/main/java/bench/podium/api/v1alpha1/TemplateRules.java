package bench.podium.api.v1alpha1;

/**
 * CEL rules for texts with placeholders: {@code @} followed by {@code {int LOW HIGH}} or {@code
 * {seq}}.
 *
 * <p>The expressions are short because the API server multiplies their length by the greatest
 * length of the text in its cost estimate; a brace that begins no repetition stands for itself.
 * They cannot compare LOW with HIGH.
 */
final class TemplateRules {

  private static final String PLACEHOLDER = "@{(seq|int +\\\\d+ +\\\\d+)}";

  /** After one @ a brace begins a placeholder; after two it is a brace. */
  static final String PLACEHOLDERS = "self.matches('^([^@]|@@|@[^@{]|" + PLACEHOLDER + ")*@?$')";

  /**
   * Of header values, of which there may be 1,024 of 4,096 characters: beyond 20 characters the
   * expression exceeds the cost budget. It finds a placeholder that begins as none does; the rest
   * is found when the run is planned.
   */
  static final String HEADER_PLACEHOLDERS = "!self.matches('(^|[^@])@{([^si]|$)')";

  static final String PLACEHOLDERS_HINT =
      "@{ begins a placeholder: write @{int LOW HIGH} or @{seq}, or @@{ for a literal @{";

  /** As short as the cost budget of header values allows. */
  static final String NO_EARLIER_FORM = "!self.matches('{{(seq|int \\\\d+ \\\\d+)}')";

  static final String EARLIER_FORM_HINT =
      "placeholders are written @{seq} and @{int LOW HIGH}: replace {{seq}} and {{int LOW HIGH}}";

  /** What may stand in a request line, besides the blanks of a placeholder. */
  static final String SENDABLE = "self.matches('^([!\"$-~]|" + PLACEHOLDER + ")*$')";

  static final String SENDABLE_HINT =
      "a path has neither blanks nor # outside of @{ }, and ASCII only: write them as %20, %23 and"
          + " so on";

  static final String ESCAPED = "!self.matches('" + Bounds.LONE_PERCENT + "')";

  static final String ESCAPED_HINT =
      "% in a path begins an escape of two hexadecimal digits, as in %20: write %25 for a percent sign";

  private TemplateRules() {}
}

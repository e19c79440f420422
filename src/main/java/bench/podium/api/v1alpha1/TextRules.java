package bench.podium.api.v1alpha1;

/**
 * CEL rules for free texts. A control character makes {@code kubectl get -o yaml} fail, and NUL
 * prevents a container from starting.
 */
final class TextRules {

  static final String PLAIN = "!self.matches('" + Bounds.CONTROL + "')";

  /**
   * {@link #PLAIN} in three rules with character classes of at most 8 characters: one rule would
   * exceed the API server's cost budget for the number of variables that a target may have.
   */
  static final String PLAIN_BELOW_BLANK = "!self.matches('[\\x00-\\x08\\x0e-\\x1f]')";

  static final String PLAIN_ABOVE_TILDE = "!self.matches('[\\x0b\\x0c\\x7f-\\x9f]')";

  static final String PLAIN_AT_THE_END = "!self.matches('[\\ufffe\\uffff]')";

  static final String PLAIN_ITEMS = "self.all(item, !item.matches('" + Bounds.CONTROL + "'))";

  static final String PLAIN_VALUES = "self.all(k, !self[k].matches('" + Bounds.CONTROL + "'))";

  static final String PLAIN_KEYS_AND_VALUES =
      "self.all(k, !k.matches('"
          + Bounds.CONTROL
          + "') && !self[k].matches('"
          + Bounds.CONTROL
          + "'))";

  private static final String HINT =
      " must not contain control characters other than tab and line breaks (nor U+0080 to U+009F,"
          + " U+FFFE, U+FFFF): leave them out";

  static final String ARGUMENT_HINT = "an argument" + HINT;
  static final String VARIABLE_HINT = "a variable's value" + HINT;
  static final String ANNOTATION_HINT = "an annotation" + HINT;
  static final String ENVIRONMENT_HINT = "a key or value of environment.values" + HINT;

  static final String BODY_HINT = "a body" + HINT;

  static final String ONE_LINE =
      "!self.matches('[\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f\\ufffe\\uffff]')";

  static final String HEADER_HINT =
      "a header's value must not contain a line break or another control character; write it on one"
          + " line";

  private TextRules() {}
}

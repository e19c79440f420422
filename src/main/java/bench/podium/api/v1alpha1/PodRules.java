package bench.podium.api.v1alpha1;

/** What CEL says of templates for pods. */
final class PodRules {

  /** So that nothing in a pod can pass for Podium's own programs. */
  static final String FREE_ID =
      "!(self in [" + Bounds.LOAD_USER_ID + ", " + Bounds.OBSERVER_USER_ID + "])";

  static final String FREE_ID_REMEDY =
      "64101 and 64102 are the ids of Podium's own programs: choose another";

  /** By these keys the operator finds its pods and commands them. */
  static final String FREE_KEYS =
      "self.all(k, !k.startsWith('podium.bench/') &&"
          + " !(k in ['app.kubernetes.io/managed-by', 'env.version']))";

  static final String FREE_KEYS_REMEDY =
      "podium.bench/..., env.version and app.kubernetes.io/managed-by are set by Podium: leave them out";

  static final String LABEL_VALUES =
      "self.all(k, self[k].matches('^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$'))";

  static final String LABEL_VALUES_REMEDY =
      "a label's value has letters, digits, -, _ and . only, and begins and ends with a letter or digit";

  static final String NO_ACCOUNT = "!has(self.serviceAccountName)";

  static final String NO_ACCOUNT_REMEDY =
      "a pod gets no account of its own: leave serviceAccountName out; it runs as default, without a"
          + " token";

  static final String NO_ACCOUNT_DESCRIPTION =
      "Refused: whoever may create runs could borrow any account of the namespace. Pods run as default,"
          + " without a token.";

  private PodRules() {}
}

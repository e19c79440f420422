package bench.podium.api.v1alpha1;

/** CEL rules for the templates of pods. */
final class PodRules {

  /** Processes with these ids are taken for Podium's own. */
  static final String FREE_ID =
      "!(self in [" + Bounds.LOAD_USER_ID + ", " + Bounds.COLLECTOR_USER_ID + "])";

  static final String FREE_ID_HINT =
      "64101 and 64102 are reserved for Podium's own containers: choose another id";

  /** The operator finds its pods by these keys and sends them commands in annotations. */
  static final String FREE_KEYS =
      "self.all(k, !k.startsWith('podium.bench/') &&"
          + " !(k in ['app.kubernetes.io/managed-by', 'env.version']))";

  static final String FREE_KEYS_HINT =
      "podium.bench/..., env.version and app.kubernetes.io/managed-by are set by Podium: leave them out";

  /**
   * Beginning of a message that names the first invalid key or item: the API server shows only the
   * field.
   */
  static final String FIRST = "\"'%s' is invalid: ";

  static final String OF = "\".format([self.filter(k, !(";
  static final String END = "))[0]])";

  private static final String IS_KEY =
      "k.size() <= "
          + KubernetesNames.KEY_LENGTH
          + " && k.indexOf('/') <= "
          + Bounds.OBJECT_NAME_LENGTH
          + " && k.matches('^"
          + KubernetesNames.KEY
          + "$')";

  static final String KEYS = "self.all(k, " + IS_KEY + ")";

  static final String KEYS_HINT =
      "a key is NAME or PREFIX/NAME, where PREFIX is a DNS name and NAME has at most 63"
          + " letters, digits, -, _ and ., and begins and ends with a letter or digit: write it"
          + " as in example.com/disk";

  static final String KEYS_COMPUTED = FIRST + KEYS_HINT + OF + IS_KEY + END;

  /** Annotations that act like fields of the pod, and so would bypass the checks of these. */
  static final String NO_FIELDS =
      "self.all(k, !k.startsWith('container.apparmor.security.beta.kubernetes.io/') &&"
          + " !k.startsWith('container.seccomp.security.alpha.kubernetes.io/') && !(k in"
          + " ['seccomp.security.alpha.kubernetes.io/pod', 'kubernetes.io/config.mirror',"
          + " 'controller.kubernetes.io/pod-deletion-cost',"
          + " 'scheduler.alpha.kubernetes.io/tolerations']))";

  static final String NO_FIELDS_HINT =
      "annotations for AppArmor, seccomp, tolerations, mirror pods and pod-deletion-cost"
          + " change the pod itself: leave them out, and set tolerations or"
          + " securityContext.seccompProfile";

  static final String TAINT_KEY = "self.matches('^" + KubernetesNames.KEY + "$')";

  static final String TAINT_KEY_HINT = "a taint's key has the form of a label's key; " + KEYS_HINT;

  static final String TAINT_VALUE = "self.matches('^" + KubernetesNames.LABEL_VALUE + "$')";

  static final String TAINT_VALUE_HINT =
      "a taint's value has letters, digits, -, _ and . only, and begins and ends with a letter or digit";

  private static final String IS_CAPABILITY = "k.matches('^" + KubernetesNames.CAPABILITY + "$')";

  static final String CAPABILITIES = "self.all(k, " + IS_CAPABILITY + ")";

  static final String CAPABILITIES_HINT =
      "a capability is ALL or a Linux capability in upper case and without CAP_: write it"
          + " as in NET_RAW";

  static final String CAPABILITIES_COMPUTED = FIRST + CAPABILITIES_HINT + OF + IS_CAPABILITY + END;

  private static final String IS_SECRET = "k.matches('^" + KubernetesNames.DNS_NAME + "$')";

  static final String SECRET_NAMES = "self.all(k, " + IS_SECRET + ")";

  static final String SECRET_NAMES_HINT =
      "a Secret's name has a-z, 0-9, - and . only, and begins and ends with a letter or digit: write it"
          + " as in registry-credentials";

  static final String SECRET_NAMES_COMPUTED = FIRST + SECRET_NAMES_HINT + OF + IS_SECRET + END;

  static final String LABEL_VALUES =
      "self.all(k, self[k].matches('^" + KubernetesNames.LABEL_VALUE + "$'))";

  static final String LABEL_VALUES_HINT =
      "a label's value has letters, digits, -, _ and . only, and begins and ends with a letter or digit";

  static final String NO_ACCOUNT = "!has(self.serviceAccountName)";

  static final String NO_ACCOUNT_HINT =
      "serviceAccountName is not supported: leave it out; pods run as the default service"
          + " account, without a token";

  static final String NO_ACCOUNT_DESCRIPTION =
      "Not supported: otherwise, permission to create a BenchmarkRun would imply"
          + " permission to use every service account of the namespace. Pods run as the default"
          + " service account, without a token.";

  private PodRules() {}
}

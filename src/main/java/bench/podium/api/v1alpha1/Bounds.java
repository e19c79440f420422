package bench.podium.api.v1alpha1;

/** Patterns and bounds that are used by more than one field. */
public final class Bounds {

  /** Hours, minutes, seconds and milliseconds, in this order, each at most once. */
  public static final String DURATION =
      "^([0-9]{1,4}h)?([0-9]{1,5}m)?([0-9]{1,6}s)?([0-9]{1,7}ms)?$";

  /**
   * Beginning of every CEL rule that parses a duration: without it, a malformed duration makes the
   * evaluation fail instead of the validation.
   */
  static final String IF_DURATION = "self.matches('" + DURATION + "') && ";

  /** A latency may also be given in microseconds. */
  public static final String LATENCY =
      "^([0-9]{1,4}m)?([0-9]{1,5}s)?([0-9]{1,7}ms)?([0-9]{1,9}us)?$";

  /** A percentage with up to four decimal places, that is, down to one in a million. */
  public static final String PERCENTAGE = "^([0-9]{1,2}([.][0-9]{1,4})?|100)%$";

  /**
   * Characters that no text may contain: control characters other than tab, line feed and carriage
   * return, and U+FFFE and U+FFFF, which YAML cannot represent. A regular expression that can also
   * be part of another.
   */
  public static final String CONTROL =
      "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ufffe\\uffff]";

  /** A percent sign that is not followed by two hexadecimal digits. */
  public static final String LONE_PERCENT = "%(.?$|[^0-9A-Fa-f]|.[^0-9A-Fa-f])";

  /** A resource quantity that is not negative, as in 500m or 256Mi. */
  public static final String QUANTITY =
      "^[0-9]{1,15}([.][0-9]{0,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]{1,2})?$";

  /** Maximum length of a duration; one that uses every unit fits. */
  public static final int DURATION_LENGTH = 32;

  /** A DNS label. */
  public static final String LABEL = "^[a-z]([-a-z0-9]*[a-z0-9])?$";

  static final String IS_LABEL = "self.matches('" + LABEL + "')";

  /** A Service name is made of the names of run and target, and has at most 63 characters. */
  public static final int TARGET_NAME_LENGTH = 18;

  /** A run's name is the prefix of the names of all its objects. */
  public static final String RUN_NAME = "^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$";

  /** Maximum length of the value of a label. */
  public static final int LABEL_LENGTH = 63;

  /** User and group id of the worker container, reserved for it. */
  public static final long LOAD_USER_ID = 64101;

  /** User and group id of the collector sidecar, reserved for it. */
  public static final long COLLECTOR_USER_ID = 64102;

  /** Maximum length of an image reference. */
  public static final int IMAGE_LENGTH = 512;

  /** Maximum length of the names of stages and requests. */
  public static final int NAME_LENGTH = 40;

  /** Maximum length of an RFC 3339 time stamp with microseconds. */
  public static final int TIME_LENGTH = 40;

  /** Maximum length of the name of a Kubernetes object. */
  public static final int OBJECT_NAME_LENGTH = 253;

  /** Maximum length of a reason, a check or a warning. */
  public static final int WORD_LENGTH = 64;

  /** Maximum length of a message for people. */
  public static final int MESSAGE_LENGTH = 1024;

  /** Maximum length of a reason in a list of up to 16; longer ones are truncated. */
  public static final int REASON_LENGTH = 160;

  /** Maximum number of workers of a run. */
  public static final int WORKERS = 100;

  /**
   * Maximum size of a status as JSON in bytes, whatever its texts are: a quarter of what the API
   * server stores. Most of it is for the figures of the rows; their texts have 96 KiB.
   */
  public static final int STATUS_BYTES = 384 * 1024;

  /** Maximum number of rows of a run: targets times stages. */
  public static final int ROWS = 100;

  /**
   * Maximum size of a spec as JSON in bytes: its workload is stored in a ConfigMap, which holds 1
   * MiB, and the run with its status in etcd, which holds 1.5 MiB.
   */
  public static final int SPEC_BYTES = 1_000_000;

  /** Maximum number of connections of one engine process, below its limit of open files. */
  public static final int CONNECTIONS_PER_WORKER = 19_000;

  private Bounds() {}
}

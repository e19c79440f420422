package bench.podium.api.v1alpha1;

/** Patterns and bounds that more than one field shares. */
public final class Bounds {

  /** Hours, minutes, seconds and milliseconds, in this order, each at most once. */
  public static final String DURATION =
      "^([0-9]{1,4}h)?([0-9]{1,5}m)?([0-9]{1,6}s)?([0-9]{1,7}ms)?$";

  /**
   * Begins a CEL rule that goes on to read a duration: without it, CEL fails instead of refusing.
   */
  static final String IF_DURATION = "self.matches('" + DURATION + "') && ";

  /** A latency may also be given in microseconds. */
  public static final String LATENCY =
      "^([0-9]{1,4}m)?([0-9]{1,5}s)?([0-9]{1,7}ms)?([0-9]{1,9}us)?$";

  /** A share, to four places: the finest is one in a million. */
  public static final String PERCENTAGE = "^([0-9]{1,2}([.][0-9]{1,4})?|100)%$";

  /**
   * What no text may have: control characters other than tab, line feed and carriage return, and
   * the two code points of the first plane that YAML cannot hold. Part of a regular expression, or
   * a whole one.
   */
  public static final String CONTROL =
      "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ufffe\\uffff]";

  /** A percent sign that begins no escape of two hexadecimal digits. */
  public static final String LONE_PERCENT = "%(.?$|[^0-9A-Fa-f]|.[^0-9A-Fa-f])";

  /** A resource quantity that is not negative, as in 500m or 256Mi. */
  public static final String QUANTITY =
      "^[0-9]{1,15}([.][0-9]{0,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]{1,2})?$";

  /** Room for a duration that uses every unit. */
  public static final int DURATION_LENGTH = 32;

  /** A DNS label. */
  public static final String LABEL = "^[a-z]([-a-z0-9]*[a-z0-9])?$";

  static final String IS_LABEL = "self.matches('" + LABEL + "')";

  /** A Service name made from a run's and a target's name ends at 63. */
  public static final int TARGET_NAME_LENGTH = 18;

  /** A run's name begins all names made from it. */
  public static final String RUN_NAME = "^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$";

  /** The value of a label. */
  public static final int LABEL_LENGTH = 63;

  /** Of the program in workers, and of nothing else. */
  public static final long LOAD_USER_ID = 64101;

  /** Of the collector beside a target, and of nothing else. */
  public static final long COLLECTOR_USER_ID = 64102;

  /** Of a container image's reference. */
  public static final int IMAGE_LENGTH = 512;

  /** Names of stages and requests. */
  public static final int NAME_LENGTH = 40;

  /** A time stamp with microseconds and a zone. */
  public static final int TIME_LENGTH = 40;

  /** The name of an object in the cluster. */
  public static final int OBJECT_NAME_LENGTH = 253;

  /** A word from an enumeration of reasons, checks or warnings. */
  public static final int WORD_LENGTH = 64;

  /** A sentence for people. */
  public static final int MESSAGE_LENGTH = 1024;

  /** A reason among many, cut to what a list of them can bear. */
  public static final int REASON_LENGTH = 160;

  /** Of a run. */
  public static final int WORKERS = 100;

  /**
   * Of a whole status as JSON, whatever its texts are: a quarter of what the API server stores. The
   * rows' figures have most of it, their texts 96 KiB.
   */
  public static final int STATUS_BYTES = 384 * 1024;

  /** Rows of a run: targets times stages. */
  public static final int ROWS = 100;

  /**
   * Of a spec as JSON: the workload in it goes into a ConfigMap, which holds 1 MiB, and the run
   * into etcd with its status, which holds 1.5 MiB.
   */
  public static final int SPEC_BYTES = 1_000_000;

  /** Connections that one process of an engine holds, below its limit of open files. */
  public static final int CONNECTIONS_PER_WORKER = 19_000;

  private Bounds() {}
}

package bench.podium.api.v1alpha1;

import java.util.List;

/**
 * Regular expressions, without anchors, of the names, keys and values that Kubernetes accepts. CEL
 * rules and the planner share them. The only escapes are hexadecimal ones within brackets: CEL
 * resolves them in the string, Java in the regular expression.
 */
public final class KubernetesNames {

  /** A DNS subdomain; at most {@link Bounds#OBJECT_NAME_LENGTH} characters. */
  public static final String DNS_NAME =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

  private static final String PLAIN_KEY = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";

  /** Key of a label, an annotation or a taint: a name, with an optional DNS prefix and slash. */
  public static final String KEY = "(" + DNS_NAME + "/)?" + PLAIN_KEY;

  /** Maximum length of a key: a DNS name, a slash and a name. */
  public static final int KEY_LENGTH = Bounds.OBJECT_NAME_LENGTH + 1 + Bounds.LABEL_LENGTH;

  /** Value of a label or a taint, may be empty; at most {@link Bounds#LABEL_LENGTH} characters. */
  public static final String LABEL_VALUE = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";

  /** A resource of huge pages. */
  public static final String HUGE_PAGES = "hugepages-[1-9][0-9]{0,8}[KMGT]i";

  /** An extended resource, as offered by a device plugin. */
  public static final String EXTENDED_RESOURCE = DNS_NAME + "/" + PLAIN_KEY;

  /** Resources whose request may be lower than the limit. */
  public static final List<String> BASIC_RESOURCES = List.of("cpu", "memory", "ephemeral-storage");

  /** Resources whose amount is in bytes. */
  public static final List<String> BYTES = List.of("memory", "ephemeral-storage");

  /** The image reference of the container runtimes: [host[:port]/]path[:tag][@digest]. */
  public static final String IMAGE =
      "(([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|[\\x5b][A-Fa-f0-9:]+[\\x5d])(:[0-9]+)?/)?"
          + "[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*"
          + "(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?"
          + "(@[A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*:[A-Fa-f0-9]{32,})?";

  /** Linux capabilities as written in a pod; a container runtime ignores unknown ones. */
  public static final String CAPABILITY =
      "(ALL|AUDIT_CONTROL|AUDIT_READ|AUDIT_WRITE|BLOCK_SUSPEND|BPF|CHECKPOINT_RESTORE|CHOWN"
          + "|DAC_OVERRIDE|DAC_READ_SEARCH|FOWNER|FSETID|IPC_LOCK|IPC_OWNER|KILL|LEASE"
          + "|LINUX_IMMUTABLE|MAC_ADMIN|MAC_OVERRIDE|MKNOD|NET_ADMIN|NET_BIND_SERVICE"
          + "|NET_BROADCAST|NET_RAW|PERFMON|SETFCAP|SETGID|SETPCAP|SETUID|SYSLOG|SYS_ADMIN"
          + "|SYS_BOOT|SYS_CHROOT|SYS_MODULE|SYS_NICE|SYS_PACCT|SYS_PTRACE|SYS_RAWIO"
          + "|SYS_RESOURCE|SYS_TIME|SYS_TTY_CONFIG|WAKE_ALARM)";

  private KubernetesNames() {}
}

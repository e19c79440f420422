package bench.podium.status;

import java.util.Locale;

/** Formats figures for tables and messages. */
public final class MetricFormat {

  private MetricFormat() {}

  /** As in 870/s, 68.3k/s, 1.2M/s. */
  public static String throughput(long perSecond) {
    if (perSecond < 1_000) {
      return perSecond + "/s";
    }
    return perSecond < 999_950 ? one(perSecond / 1e3) + "k/s" : one(perSecond / 1e6) + "M/s";
  }

  /** As in 830us, 21.4ms, 1.2s. */
  public static String latency(long micros) {
    if (micros < 1_000) {
      return micros + "us";
    }
    return micros < 999_950 ? one(micros / 1e3) + "ms" : one(micros / 1e6) + "s";
  }

  /** The same, as {@code >= 2.0s} where it is only a lower bound. */
  public static String latency(long micros, boolean atLeast) {
    return (atLeast ? ">= " : "") + latency(micros);
  }

  private static String one(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}

package bench.podium.domain.measurement;

/**
 * Failed requests by kind.
 *
 * @param connect connections that could not be opened
 * @param read connections that broke or were closed while a reply was awaited
 * @param write connections that broke while a request was sent
 * @param timeout replies that came later than the load's timeout, or never
 * @param status replies with a status above 399
 */
public record ErrorCounts(long connect, long read, long write, long timeout, long status) {

  public static final ErrorCounts NONE = new ErrorCounts(0, 0, 0, 0, 0);

  public ErrorCounts plus(ErrorCounts other) {
    return new ErrorCounts(
        connect + other.connect,
        read + other.read,
        write + other.write,
        timeout + other.timeout,
        status + other.status);
  }

  /** Connections that could not be opened, or broke. */
  public long connections() {
    return connect + read + write;
  }

  public long total() {
    return connect + read + write + timeout + status;
  }
}

package bench.podium.protocol;

/** What came of reading one line of a pod's log. */
public sealed interface DecodedMessage {

  /** A line of this protocol; whose it claims to be is for the reader to check. */
  record Read(Envelope line) implements DecodedMessage {}

  /** To be counted and ignored. */
  record Unreadable(String reason) implements DecodedMessage {}
}

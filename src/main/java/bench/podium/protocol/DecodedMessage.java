package bench.podium.protocol;

/** The result of decoding one line of a pod's log. */
public sealed interface DecodedMessage {

  /** A line of this protocol; the reader must check which pod it claims to be from. */
  record Read(Envelope line) implements DecodedMessage {}

  /** Not a line of this protocol; to be counted and ignored. */
  record Unreadable(String reason) implements DecodedMessage {}
}

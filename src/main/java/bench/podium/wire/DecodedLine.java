package bench.podium.wire;

/** What came of reading one line of a pod's log. */
public sealed interface DecodedLine {

  /** A line of this protocol; whose it claims to be is for the reader to check. */
  record Read(Line line) implements DecodedLine {}

  /** To be counted and ignored. */
  record Unreadable(String reason) implements DecodedLine {}
}

package bench.podium.domain.lifecycle;

import bench.podium.domain.lifecycle.WorkerTalk.Says;

/** What a load pod last said, for a person. */
final class LastWord {

  private LastWord() {}

  static String of(Says says) {
    return switch (says) {
      case Says.Nothing() -> "has said nothing";
      case Says.Unknown() -> "never got the command";
      case Says.Waiting(boolean targetIsWhy, String reason) -> "waits: " + reason;
      case Says.Armed() -> "is armed";
      case Says.Late() -> "learned of T0 after T0";
      case Says.Failed(boolean targetIsWhy, String reason) -> "failed: " + reason;
      case Says.Ran() -> "ran";
      case Says.Measured measured -> "has its result";
    };
  }
}

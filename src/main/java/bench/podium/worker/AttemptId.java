package bench.podium.worker;

import bench.podium.wire.Command;
import java.util.Comparator;

/** Which attempt of which step; later ones are greater. */
record AttemptId(int step, int attempt) implements Comparable<AttemptId> {

  private static final Comparator<AttemptId> ORDER =
      Comparator.comparingInt(AttemptId::step).thenComparingInt(AttemptId::attempt);

  static AttemptId of(Command.Arm arm) {
    return new AttemptId(arm.step(), arm.attempt());
  }

  @Override
  public int compareTo(AttemptId other) {
    return ORDER.compare(this, other);
  }
}

package bench.podium.status;

import java.util.List;

/** Room that several texts share: short ones leave theirs to the longer ones. */
final class TextShare {

  private TextShare() {}

  /**
   * @param sizes of the texts, in any unit
   * @param room for all of them, in the same unit
   * @return how much each may have at most, so that all fit; what is shorter stays as it is
   */
  static int of(List<Integer> sizes, int room) {
    List<Integer> ascending = sizes.stream().sorted().toList();
    int left = room;
    for (int index = 0; index < ascending.size(); index++) {
      int share = left / (ascending.size() - index);
      if (ascending.get(index) > share) {
        return share;
      }
      left -= ascending.get(index);
    }
    return room;
  }
}

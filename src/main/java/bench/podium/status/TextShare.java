package bench.podium.status;

import java.util.List;

/** Divides a total size among several texts: long texts get what short ones do not need. */
final class TextShare {

  private TextShare() {}

  /**
   * @param sizes of the texts, in any unit
   * @param room maximum total size, in the same unit
   * @return the maximum size of each text at which all of them fit; shorter texts stay as they are
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

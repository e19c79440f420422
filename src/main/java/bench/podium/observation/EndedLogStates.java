package bench.podium.observation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The log states of a run's most recent ended pods, by pod uid. */
final class EndedLogStates<J extends LogState> {

  /** A few generations of the largest run. */
  private static final int MAX = 400;

  private final Map<String, J> logStates =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, J> eldest) {
          return size() > MAX;
        }
      };

  synchronized void put(String podUid, J logState) {
    logStates.put(podUid, logState);
  }

  synchronized Optional<J> get(String podUid) {
    return Optional.ofNullable(logStates.get(podUid));
  }
}

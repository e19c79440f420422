package bench.podium.planning;

import static bench.podium.planning.RejectedSpecException.check;
import static bench.podium.planning.RejectedSpecException.invalid;
import static bench.podium.planning.RejectedSpecException.required;

import java.time.Duration;

/** A duration in a spec, with the path of its field for messages. */
record DurationField(String field, String text, Duration value) {

  static DurationField of(String field, String text) {
    Duration value =
        DurationText.parse(required(field, text))
            .orElseThrow(
                () ->
                    invalid(
                        field,
                        "\""
                            + text
                            + "\" is not a duration; write h, m, s and ms in this order,"
                            + " each at most once, as in 1m30s"));
    return new DurationField(field, text, value);
  }

  /** Rejects fractions of a second, which wrk cannot handle. */
  DurationField wholeSeconds() {
    check(
        value.toMillis() % 1000 == 0,
        field,
        text
            + " is not in whole seconds, as wrk needs it; write "
            + DurationText.of(Duration.ofSeconds(value.toSeconds() + 1)));
    return this;
  }

  Duration between(Duration low, Duration high) {
    check(
        value.compareTo(low) >= 0 && value.compareTo(high) <= 0,
        field,
        "must be from " + DurationText.of(low) + " to " + DurationText.of(high) + ", not " + text);
    return value;
  }
}

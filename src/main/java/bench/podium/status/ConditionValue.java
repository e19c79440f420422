package bench.podium.status;

import bench.podium.api.v1alpha1.ConditionStatus;

/** The value of a condition, without the time of its last transition. */
record ConditionValue(ConditionStatus status, Reason reason, String message) {

  static ConditionValue yes(Reason reason, String message) {
    return new ConditionValue(ConditionStatus.TRUE, reason, message);
  }

  static ConditionValue no(Reason reason, String message) {
    return new ConditionValue(ConditionStatus.FALSE, reason, message);
  }

  static ConditionValue unknown(Reason reason, String message) {
    return new ConditionValue(ConditionStatus.UNKNOWN, reason, message);
  }

  static ConditionValue notYetKnown() {
    return unknown(Reason.NOT_YET_KNOWN, "");
  }
}

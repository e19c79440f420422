package bench.podium.status;

import bench.podium.api.v1alpha1.ConditionStatus;

/** What a condition says now, without the time since when it says so. */
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

package bench.podium.testing;

/** What one pod of a run has said, as a witness heard it. Lines may come again. */
sealed interface AuditedPod permits AuditedWorkerPod, AuditedTargetPod {

  String runUid();

  /**
   * @return whether it was the pod's last line
   */
  boolean hear(String line);
}

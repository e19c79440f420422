package bench.podium.testing;

/** The log of one pod of a run. The same line may be read more than once. */
sealed interface AuditedPod permits AuditedWorkerPod, AuditedTargetPod {

  String runUid();

  /**
   * Reads a line of the log.
   *
   * @return whether it was the pod's final message
   */
  boolean read(String line);
}

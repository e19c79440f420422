/**
 * Reconciles BenchmarkRuns: admits them to the slot, carries them out and cleans up. The main class
 * is {@link bench.podium.controller.run.BenchmarkRunReconciler}.
 */
package bench.podium.controller.run;

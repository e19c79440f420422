/**
 * The program in worker pods, which runs the load engine. The main class is {@link
 * bench.podium.worker.WorkerMain}; {@link bench.podium.worker.WorkerState} makes its decisions.
 */
package bench.podium.worker;

/**
 * The sidecar in target pods, which samples the CPU, memory and threads of the target. The main
 * class is {@link bench.podium.collector.CollectorMain}.
 */
package bench.podium.collector;

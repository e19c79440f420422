/**
 * The operator as a process: how it connects to the cluster, starts, leads and ends. What it does
 * there is elsewhere.
 */
package bench.podium.bootstrap;

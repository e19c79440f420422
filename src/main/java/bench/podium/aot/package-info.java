/**
 * Training programs for the AOT caches, run by the image builds and never in production. There is
 * one main class per cache, such as {@link bench.podium.aot.OperatorTraining}.
 */
package bench.podium.aot;

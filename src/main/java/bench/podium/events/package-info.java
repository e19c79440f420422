/**
 * Derives the Kubernetes Events of a run from its state; its main class is {@link
 * bench.podium.events.RunEvents}.
 */
package bench.podium.events;

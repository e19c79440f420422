/**
 * Decides which run may start next; the main class is {@link
 * bench.podium.domain.admission.RunQueue}.
 */
package bench.podium.domain.admission;

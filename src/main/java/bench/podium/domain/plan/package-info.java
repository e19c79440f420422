/**
 * Describes everything that a run will do, fixed before it starts; the main class is {@link
 * bench.podium.domain.plan.RunPlan}.
 */
package bench.podium.domain.plan;

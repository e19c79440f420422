/**
 * Validates a spec and converts it to the domain's plan; its main class is {@link
 * bench.podium.planning.PlanFactory}.
 *
 * <p>Rules of the CRD are checked here again, because an older CRD may still be installed. The
 * result depends on nothing but the run: neither the cluster nor a clock is read.
 */
package bench.podium.planning;

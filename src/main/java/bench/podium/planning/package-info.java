/**
 * From a spec to a plan: the one place that sees both the API and the domain.
 *
 * <p>All that a spec can get wrong is found here, also what the CRD's rules refuse already: an
 * older CRD may still be installed. Nothing is asked of the cluster and no clock is read.
 */
package bench.podium.planning;

/**
 * Builds the Kubernetes objects of a run from its plan; its main class is {@link
 * bench.podium.resources.TargetResources}.
 */
package bench.podium.resources;

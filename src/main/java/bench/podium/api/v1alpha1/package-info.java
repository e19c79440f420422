/**
 * The API {@code podium.bench/v1alpha1}; its main class is {@link
 * bench.podium.api.v1alpha1.BenchmarkRun}.
 *
 * <p>The CRD, its copy in the chart and the field reference are generated from these records. The
 * API server fills in defaults; the records fill in the same ones, so that an object built in code
 * and one read from the cluster are equal. A list or map is never null; any other component without
 * a default is null if the field is absent.
 */
package bench.podium.api.v1alpha1;

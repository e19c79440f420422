/**
 * Everything that is generated: from the API records the CRD, its copy in the chart and the field
 * reference, from the status' reasons the page on troubleshooting. {@code make generate} writes the
 * files; a test fails when they lag behind.
 */
package bench.podium.crd;

/**
 * Generated files: the CRD, its copy in the chart and the field reference are generated from the
 * API records, the pages on reasons and troubleshooting from the reasons of the status. {@code make
 * generate} writes the files; {@code GeneratedFilesTest} fails if they are out of date.
 */
package bench.podium.crd;

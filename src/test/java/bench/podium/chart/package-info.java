/** Tests of the Helm chart; the main class is {@link bench.podium.chart.ChartIT}. */
package bench.podium.chart;

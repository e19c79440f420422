/**
 * Decides the verdict and the figures of a step, and ranks the targets; the main class is {@link
 * bench.podium.domain.evaluation.StepAssessment}.
 */
package bench.podium.domain.evaluation;

package bench.podium.domain.plan;

/**
 * One stage against one target: the unit that is started on all workers together, and recorded or
 * repeated as a whole.
 *
 * @param index position in the plan, from 0
 * @param target name of a target of the plan
 */
public record Step(int index, String target, Stage stage) {}

package bench.podium.domain.plan;

/**
 * One stage against one target: the unit that is started together, recorded as a whole, or
 * repeated.
 *
 * @param index position in the plan, from 0
 * @param target name of a target of the plan
 */
public record Step(int index, String target, Stage stage) {}

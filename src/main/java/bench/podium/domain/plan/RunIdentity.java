package bench.podium.domain.plan;

/** Which run: its name for people, its uid to tell it from an earlier one of the same name. */
public record RunIdentity(String namespace, String name, String uid) {}

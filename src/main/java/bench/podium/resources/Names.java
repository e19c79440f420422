package bench.podium.resources;

/**
 * What a run's objects are called. Names carry the generation where an object may be made again, so
 * that an old intention cannot touch a newer object.
 */
public final class Names {

  private Names() {}

  public static String target(String run, String target) {
    return run + "-" + target;
  }

  public static String load(String run, int generation) {
    return run + "-load-g" + generation;
  }

  public static String workload(String run) {
    return run + "-workload";
  }

  public static String index(String run) {
    return run + "-index";
  }

  /**
   * @param hash hex digits of the content's hash; the first 16 are used
   */
  public static String part(String run, String hash) {
    return run + "-p-" + hash.substring(0, 16);
  }
}

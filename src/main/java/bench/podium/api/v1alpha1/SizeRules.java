package bench.podium.api.v1alpha1;

/**
 * CEL rule for the size of a spec: the sum of its long texts in bytes of UTF-8. The planner checks
 * the size of the whole spec as JSON.
 */
final class SizeRules {

  private static final String REQUESTS =
      "self.workload.requests.map(r, bytes(r.path).size()"
          + " + (has(r.body) ? bytes(r.body).size() : 0)"
          + " + (has(r.headers) ? r.headers.map(h, bytes(h.name).size() + bytes(h.value).size()).sum()"
          + " : 0)).sum()";

  private static final String TARGETS =
      "self.targets.map(t, (has(t.deploy.args) ? t.deploy.args.map(a, bytes(a).size()).sum() : 0)"
          + " + (has(t.deploy.env) ? t.deploy.env.map(e, has(e.value) ? bytes(e.value).size() :"
          + " 0).sum() : 0)).sum()";

  private static final String ENVIRONMENT =
      "(has(self.environment) && has(self.environment.values) ? self.environment.values.map(k,"
          + " bytes(k).size() + bytes(self.environment.values[k]).size()).sum() : 0)";

  private static final String SUM = REQUESTS + " + " + TARGETS + " + " + ENVIRONMENT;

  /** If requests or deploy are missing, another rule fails. */
  static final String FITS =
      "!has(self.workload.requests) || self.targets.exists(t, !has(t.deploy)) || "
          + SUM
          + " <= "
          + Bounds.SPEC_BYTES;

  static final String FITS_HINT =
      "the texts of a spec have at most "
          + Bounds.SPEC_BYTES
          + " bytes together, as they must fit into a ConfigMap: shorten the bodies, or split the run";

  static final String FITS_COMPUTED =
      "'the texts of the spec (bodies, paths, headers, args, env, environment) have %d bytes together,"
          + " at most "
          + Bounds.SPEC_BYTES
          + " fit into a ConfigMap: shorten the bodies, or split the run'.format(["
          + SUM
          + "])";

  private SizeRules() {}
}

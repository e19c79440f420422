package bench.podium.planning;

import static bench.podium.planning.RejectedSpecException.check;
import static bench.podium.planning.RejectedSpecException.inRange;
import static bench.podium.planning.RejectedSpecException.invalid;
import static bench.podium.planning.RejectedSpecException.required;
import static bench.podium.planning.RejectedSpecException.size;
import static bench.podium.planning.RejectedSpecException.unique;

import bench.podium.api.v1alpha1.Bounds;
import bench.podium.api.v1alpha1.HeaderSpec;
import bench.podium.api.v1alpha1.RequestSpec;
import bench.podium.api.v1alpha1.WorkloadSpec;
import bench.podium.domain.plan.Environment;
import bench.podium.domain.plan.RequestTemplate;
import bench.podium.domain.plan.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Plans the requests of a run. */
final class WorkloadPlanner {

  /** Header with the version of the declared environment, which is sent with every request. */
  static final String ENVIRONMENT_HEADER = "X-Env-ID";

  private static final Pattern HEADER_NAME = Pattern.compile("^[-!#$%&*+.^_`|~0-9A-Za-z]+$");
  private static final Pattern SENDABLE = Pattern.compile("[!-~&&[^#]]*");
  private static final Set<String> RESERVED_HEADERS =
      Set.of("host", "connection", "content-length", "x-env-id");

  private WorkloadPlanner() {}

  static Workload plan(WorkloadSpec workload, Environment environment) {
    size("spec.workload.requests", workload.requests(), 1, 32);
    List<Workload.Request> requests = new ArrayList<>();
    for (RequestSpec request : workload.requests()) {
      requests.add(plan("spec.workload.requests[" + requests.size() + "]", request));
    }
    unique(
        "spec.workload.requests", "name", requests.stream().map(Workload.Request::name).toList());
    return new Workload(
        requests,
        workload.seed(),
        workload.keepAlive(),
        Map.of(ENVIRONMENT_HEADER, environment.version()));
  }

  private static Workload.Request plan(String field, RequestSpec request) {
    return new Workload.Request(
        TargetPlanner.label(field + ".name", request.name(), Bounds.NAME_LENGTH),
        request.method().name(),
        path(field + ".path", required(field + ".path", request.path())),
        headers(field + ".headers", request.headers()),
        body(field + ".body", request.body()),
        inRange(field + ".weight", request.weight(), 1, 1000));
  }

  private static RequestTemplate path(String field, String text) {
    check(
        text.startsWith("/"),
        field,
        "\"" + text + "\" must begin with '/', as in /users/@{int 1 100000}");
    RequestTemplate path = template(field, text);
    for (RequestTemplate.Part part : path.parts()) {
      if (part instanceof RequestTemplate.Literal literal) {
        check(
            SENDABLE.matcher(literal.text()).matches(),
            field,
            "\""
                + literal.text()
                + "\" has a character that is not allowed in a path; write blanks, #"
                + " and non-ASCII characters as %20, %23 and so on");
        TextChecks.escaped(field, literal.text());
      }
    }
    return path;
  }

  private static RequestTemplate body(String field, String text) {
    TextChecks.plain(field, text);
    return template(field, text);
  }

  private static RequestTemplate template(String field, String text) {
    try {
      return RequestTemplate.parse(text);
    } catch (IllegalArgumentException e) {
      throw invalid(field, e.getMessage());
    }
  }

  private static Map<String, RequestTemplate> headers(String field, List<HeaderSpec> headers) {
    Map<String, RequestTemplate> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    int index = 0;
    for (HeaderSpec header : headers) {
      String item = field + "[" + index++ + "]";
      String name = required(item + ".name", header.name());
      String value = required(item + ".value", header.value());
      check(
          HEADER_NAME.matcher(name).matches(),
          item + ".name",
          "\"" + name + "\" is not a valid header name; use letters, digits and -");
      check(
          !RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT)),
          item + ".name",
          name + " is set by Podium; leave it out");
      TextChecks.oneLine(item + ".value", value);
      check(
          named.put(name, template(item + ".value", value)) == null,
          item + ".name",
          "\""
              + name
              + "\" is given twice, names are compared regardless of case; give each header its own name");
    }
    return named;
  }
}

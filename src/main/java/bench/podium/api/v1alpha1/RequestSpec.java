package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** One kind of request of the workload. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RequestSpec(
    @Required
        @Size(min = 1, max = Bounds.NAME_LENGTH)
        @Pattern(Bounds.LABEL)
        @ValidationRule(
            value = Bounds.IS_LABEL,
            message =
                "a request's name must begin with a letter, contain only a-z, 0-9 and -, and not"
                    + " end with -, as in read")
        @JsonPropertyDescription(
            "Name of the request, unique in the workload: a DNS label that begins with a"
                + " letter, at most 40 characters.")
        String name,
    @Default("GET")
        @JsonPropertyDescription("GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS. Default: GET.")
        HttpMethod method,
    @Required
        @Size(min = 1, max = 2048)
        @ValidationRule(
            value = "self.startsWith('/')",
            message = "path must begin with '/', as in /users/@{int 1 100000}")
        @ValidationRule(
            value = TemplateRules.NO_EARLIER_FORM,
            message = TemplateRules.EARLIER_FORM_HINT)
        @ValidationRule(
            value = TemplateRules.PLACEHOLDERS,
            message = TemplateRules.PLACEHOLDERS_HINT)
        @ValidationRule(value = TemplateRules.SENDABLE, message = TemplateRules.SENDABLE_HINT)
        @ValidationRule(value = TemplateRules.ESCAPED, message = TemplateRules.ESCAPED_HINT)
        @JsonPropertyDescription(
            "Path and query; begins with '/', without blanks and #; write %25 for a percent"
                + " sign. Placeholders: @{int LOW HIGH} is a whole number from LOW to HIGH, drawn"
                + " anew at each occurrence; @{seq} is the number of the request, unique in the run"
                + " across workers, attempts and stages; @@{ is a literal @{.")
        String path,
    @Size(max = 32)
        @ListKeys("name")
        @ValidationRule(
            value = "self.all(h, self.exists_one(o, o.name.lowerAscii() == h.name.lowerAscii()))",
            message =
                "a header is given twice, names are compared regardless of case: give each header"
                    + " its own name")
        @JsonPropertyDescription("Headers of the request, at most 32. Default: none.")
        List<HeaderSpec> headers,
    @Size(max = 65536)
        @ValidationRule(value = TextRules.PLAIN, message = TextRules.BODY_HINT)
        @ValidationRule(
            value = TemplateRules.NO_EARLIER_FORM,
            message = TemplateRules.EARLIER_FORM_HINT)
        @ValidationRule(
            value = TemplateRules.PLACEHOLDERS,
            message = TemplateRules.PLACEHOLDERS_HINT)
        @JsonPropertyDescription(
            "Body with the same placeholders as the path, at most 65536 characters, without"
                + " control characters other than tab and line breaks. Default: none.")
        String body,
    @Default("1")
        @Min(1)
        @Max(1000)
        @JsonPropertyDescription(
            "Weight of the request, 1 to 1000: it is sent with the share weight / sum of all"
                + " weights. Default: 1.")
        Integer weight) {

  public RequestSpec {
    method = Defaults.or(method, HttpMethod.GET);
    headers = Defaults.list(headers);
    body = Defaults.or(body, "");
    weight = Defaults.or(weight, 1);
  }
}

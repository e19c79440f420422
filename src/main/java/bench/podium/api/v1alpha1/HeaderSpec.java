package bench.podium.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A header of a request. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeaderSpec(
    @Required
        @Size(min = 1, max = 128)
        @ValidationRule(
            value = "self.matches('^[-!#$%&*+.^_`|~0-9A-Za-z]+$')",
            message = "a header's name has letters, digits and - only, as in Content-Type")
        @ValidationRule(
            value = "!(self.lowerAscii() in ['host', 'connection', 'content-length', 'x-env-id'])",
            message =
                "Host, Connection, Content-Length and X-Env-ID are set by Podium; leave this header"
                    + " out")
        @JsonPropertyDescription(
            "Name of the header, unique in the request regardless of case. Host, Connection,"
                + " Content-Length and X-Env-ID are set by Podium.")
        String name,
    @Required
        @Size(max = 4096)
        @ValidationRule(value = TextRules.ONE_LINE, message = TextRules.HEADER_HINT)
        @ValidationRule(
            value = TemplateRules.NO_EARLIER_FORM,
            message = TemplateRules.EARLIER_FORM_HINT)
        @ValidationRule(
            value = TemplateRules.HEADER_PLACEHOLDERS,
            message = TemplateRules.PLACEHOLDERS_HINT)
        @JsonPropertyDescription(
            "Value of the header, on one line, with the same placeholders as the path.")
        String value) {}

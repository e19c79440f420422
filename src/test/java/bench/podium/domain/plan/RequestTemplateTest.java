package bench.podium.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import bench.podium.domain.plan.RequestTemplate.Literal;
import bench.podium.domain.plan.RequestTemplate.Part;
import bench.podium.domain.plan.RequestTemplate.RandomInt;
import bench.podium.domain.plan.RequestTemplate.Sequence;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTemplateTest {

  @Test
  void readsPlaceholdersBetweenTexts() {
    // Given
    String text = "/u/@{int 1 9}?n=@{ seq }&m=@@{seq}";

    // When
    List<Part> parts = RequestTemplate.parse(text).parts();

    // Then
    assertThat(parts)
        .containsExactly(
            new Literal("/u/"),
            new RandomInt(1, 9),
            new Literal("?n="),
            new Sequence(),
            new Literal("&m=@{seq}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "me@example.com", "@", "@@", "a@", "{{ .Values.id }}", "{{sequence}}", "${X}"})
  void takesAllOtherTextsAsTheyStand(String text) {
    // Given
    List<Part> literal = text.isEmpty() ? List.of() : List.of(new Literal(text));

    // When
    List<Part> parts = RequestTemplate.parse(text).parts();

    // Then
    assertThat(parts).isEqualTo(literal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @{uuid}        | unknown placeholder "@{uuid}"; write @{int LOW HIGH} or @{seq}
          @{}            | unknown placeholder "@{}"
          a @{seq        | close the placeholder, or write @@{ for a literal @{
          @{int 9 1}     | "@{int 9 1}" is empty; write the lower bound first
          {{seq}}        | "{{seq}}" is a placeholder of an earlier version; write @{seq}
          a{{int 1 9}}   | write @{int 1 9}
          """)
  void rejectsOthersAndSaysWhatToWrite(String text, String message) {
    // Given
    var rejected = assertThatIllegalArgumentException();

    // When
    var thrown = rejected.isThrownBy(() -> RequestTemplate.parse(text));

    // Then
    thrown.withMessageContaining(message);
  }

  @Property(tries = 500)
  void readsBackWhatItWrites(@ForAll("templates") RequestTemplate template) {
    // Given
    String text = template.text();

    // When
    RequestTemplate read = RequestTemplate.parse(text);

    // Then
    assertThat(read).isEqualTo(template);
  }

  /** Literals alternate with placeholders, as reading makes them. */
  @Provide
  Arbitrary<RequestTemplate> templates() {
    Arbitrary<String> literals =
        Arbitraries.strings()
            .withChars('@', '{', '}', 'a', ' ', 's')
            .ofMinLength(1)
            .ofMaxLength(8)
            .filter(text -> !text.endsWith("@"));
    Arbitrary<Part> placeholders =
        Arbitraries.oneOf(
            Arbitraries.just(new Sequence()),
            Arbitraries.longs().between(0, 99).map(low -> new RandomInt(low, low + 7)));
    return Combinators.combine(literals, placeholders)
        .as((literal, placeholder) -> List.of(new Literal(literal), placeholder))
        .list()
        .ofMaxSize(5)
        .map(pairs -> new RequestTemplate(pairs.stream().flatMap(List::stream).toList()));
  }
}

package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.wording.Wording;
import io.vestibule.core.wording.Wordings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind of field takes, from programs and from HTML forms. */
class FieldKindsTest {

  private static final String VALID =
      "{'email': 'ada@example.com', 'guests': 4, 'size': 'm', 'terms': true,"
          + " 'consent.newsletter': 'v1'}";

  private final JsonMapper json =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
  private final Wording english = new Wordings().of("en");
  private Form form;

  @BeforeEach
  void read() throws IOException {
    String definition =
        """
        {'title': {'en': 'Kinds'},
         'schema': {'$schema': 'https://json-schema.org/draft/2020-12/schema', 'type': 'object',
           'properties': {
             'email': {'type': 'string', 'format': 'email', 'maxLength': 254},
             'site': {'type': 'string', 'format': 'uri', 'maxLength': 200},
             'day': {'type': 'string', 'format': 'date'},
             'guests': {'type': 'integer', 'minimum': 1, 'maximum': 40},
             'budget': {'type': 'number', 'minimum': 0.5, 'maximum': 1000000},
             'size': {'type': 'string', 'enum': ['s', 'm']},
             'topics': {'type': 'array', 'items': {'enum': ['a', 'b', 'c']}, 'uniqueItems': true,
               'maxItems': 2},
             'terms': {'type': 'boolean'}},
           'required': ['email', 'guests', 'size', 'terms'], 'additionalProperties': false},
         'fields': {
           'email': {'label': {'en': 'E-mail'}, 'identity': true, 'autocomplete': 'email'},
           'site': {'label': {'en': 'Site'}, 'autocomplete': 'url'},
           'day': {'label': {'en': 'Day'}, 'autocomplete': 'off'},
           'guests': {'label': {'en': 'Guests'}, 'autocomplete': 'off'},
           'budget': {'label': {'en': 'Budget'}, 'autocomplete': 'off'},
           'size': {'label': {'en': 'Size'}, 'autocomplete': 'off',
             'options': {'s': {'en': 'Small'}, 'm': {'en': 'Medium'}}},
           'topics': {'label': {'en': 'Topics'}, 'autocomplete': 'off', 'options': {
             'a': {'en': 'Art'}, 'b': {'en': 'Books'}, 'c': {'en': 'Cinema'}}},
           'terms': {'label': {'en': 'Terms'}, 'autocomplete': 'off'}},
         'consents': {'newsletter': {'purpose': 'marketing', 'version': 'v1', 'wording': {'en': 'Yes, send me the newsletter.'}, 'required': true}},
         'tags': [], 'origins': [], 'next': [], 'keep': {'unverified': 'PT72H'}}
        """
            .replace('\'', '"');
    form =
        new Forms()
            .read("kinds", new ByteArrayInputStream(definition.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'guests': 40                          | ",
        "'guests': 4.0                         | ",
        "'guests': '4'                         | Please enter a whole number.",
        "'guests': 4.5                         | Please enter a whole number.",
        "'guests': true                        | Please enter a whole number.",
        "'guests': 0                           | Please enter 1 or more.",
        "'guests': 41                          | Please enter 40 or less.",
        "'guests': 1e999                       | Please enter a whole number.",
        "'guests': 99999999999999999999        | Please enter 40 or less.",
        "'guests': null                        | Please fill this in.",
        "'budget': 12.75                       | ",
        "'budget': '12.75'                     | Please enter a number.",
        "'budget': 1e-999                      | Please enter 0.5 or more.",
        "'budget': -1e999                      | Please enter 0.5 or more.",
        "'size': 'xl'                          | Please choose one of: Small, Medium.",
        "'size': 'Small'                       | Please choose one of: Small, Medium.",
        "'size': ''                            | Please choose one.",
        "'terms': false                        | ",
        "'terms': 'true'                       | A value of another kind is expected here.",
        "'terms': null                         | Please tick this box.",
        "'topics': ['a', 'c']                  | ",
        "'topics': []                          | ",
        "'topics': 'a'                         | A value of another kind is expected here.",
        "'topics': ['a', 'x']                  | Please choose one of: Art, Books, Cinema.",
        "'topics': [1]                         | Please choose one of: Art, Books, Cinema.",
        "'topics': [['a']]                     | Please choose one of: Art, Books, Cinema.",
        "'topics': ['a', 'a']                  | This value is not accepted here.",
        "'topics': ['a', 'b', 'c']             | Please choose at most 2.",
        "'day': '2028-02-29'                   | ",
        "'day': '2027-02-29'                   | Please enter a date.",
        "'day': '29.02.2028'                   | Please enter a date.",
        "'day': '+12028-02-01'                 | Please enter a date.",
        "'site': 'https://例子.中国/a?b=ä'      | ",
        "'site': 'www.example.com'             | Please enter a whole web address, such as https://www.example.com.",
        "'site': 'javascript:alert(1)'         | Please enter a whole web address, such as https://www.example.com.",
        "'site': 'file:///etc/passwd'          | Please enter a whole web address, such as https://www.example.com.",
        "'consent.newsletter': ''              | Please tick this box: without it we cannot do what this form is for.",
      },
      quoteCharacter = '`')
  void aValueThatAProgramSendsIsTakenOrTheReasonIsTold(String member, String reason)
      throws JsonProcessingException {
    ObjectNode posted = json(VALID);
    posted.setAll(json("{" + member + "}"));

    assertThat(details(posted)).isEqualTo(reason == null ? List.of() : List.of(reason));
    assertThat(form.accepts(Entry.of(posted).fields(), Instant.EPOCH))
        .isEqualTo(reason == null || member.contains("consent"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'guests': '4', 'budget': ' 12.75 ', 'terms': 'on'} | {'guests': 4, 'budget': 12.75, 'terms': true}",
        "{'guests': '+007', 'terms': 'true'}                 | {'guests': 7, 'terms': true}",
        "{'guests': '-1', 'terms': 'false'}                  | {'guests': -1, 'terms': false}",
        "{'guests': '', 'terms': ''}                         | {'guests': '', 'terms': ''}",
        "{'guests': 'four', 'budget': '1,5', 'terms': 'x'}   | {'guests': 'four', 'budget': '1,5', 'terms': 'x'}",
        "{'guests': '1e3', 'budget': 'NaN'}                  | {'guests': '1e3', 'budget': 'NaN'}",
        "{'guests': '9999999999999999999'}                   | {'guests': '9999999999999999999'}",
        "{'terms': '1'}                                      | {'terms': true}",
        "{'terms': '0'}                                      | {'terms': false}",
        "{'terms': ['0', 'on']}                              | {'terms': true}",
        "{'terms': ['true', 'false']}                        | {'terms': true}",
        "{'terms': ['0', 'off']}                             | {'terms': false}",
        "{'terms': ['0', 'x']}                               | {'terms': ['0', 'x']}",
        "{'topics': 'a'}                                     | {'topics': ['a']}",
        "{'topics': ['b', 'a', 'b']}                         | {'topics': ['b', 'a']}",
        "{'topics[]': 'a'}                                   | {'topics': ['a']}",
        "{'topics': 'a', 'topics[]': ['b', 'a']}             | {'topics': ['a', 'b']}",
        "{'topics': ''}                                      | {'topics': ['']}",
        "{'size[]': 's'}                                     | {'size[]': 's'}",
        "{'guests': ['1', '2'], 'size': '1', 'other': '1'}   | {'guests': ['1', '2'], 'size': '1', 'other': '1'}",
      },
      quoteCharacter = '`')
  void textsOfAnHtmlFormBecomeWhatTheSchemaSays(String sent, String typed)
      throws JsonProcessingException {
    assertThat(form.schema().typed(json(sent)).toString()).isEqualTo(json(typed).toString());
  }

  /** So that who ticks the same boxes in another order has not said anything else. */
  @Test
  void whatIsChosenOfSeveralIsKeptInTheFormsOrder() throws JsonProcessingException {
    ObjectNode posted = json(VALID);
    posted.setAll(json("{'topics': [' c ', '', 'a']}"));
    var accepted = (Checked.Accepted) form.check(Entry.of(posted), english, Instant.EPOCH);

    assertThat(accepted.fields().get("topics")).isEqualTo(json("{'it': ['a', 'c']}").get("it"));
    posted.setAll(json("{'topics': ['', null]}"));
    accepted = (Checked.Accepted) form.check(Entry.of(posted), english, Instant.EPOCH);
    assertThat(accepted.fields().has("topics")).isFalse();
  }

  @Test
  void whatWasChosenIsShownByWhatItIsCalled() throws JsonProcessingException {
    var topics = Objects.requireNonNull(form.fields().get("topics"));
    var size = Objects.requireNonNull(form.fields().get("size"));
    var values = json("{'some': ['c', 'a', 'gone'], 'size': 'm', 'gone': 'xl', 'none': 7}");

    assertThat(topics.shown(values.get("some"), "en")).isEqualTo("Cinema, Art, gone");
    assertThat(size.shown(values.get("size"), "en")).isEqualTo("Medium");
    assertThat(size.shown(values.get("gone"), "en")).isEqualTo("xl");
    assertThat(size.shown(values.get("none"), "en")).isEqualTo("7");
  }

  @Test
  void aScaleIsShortAndWhole() {
    Form feedback = new Forms().find("feedback").orElseThrow();

    assertThat(feedback.schema().property("score").isScale()).isTrue();
    assertThat(form.schema().property("guests").isScale()).isFalse();
    assertThat(form.schema().property("budget").isScale()).isFalse();
  }

  private List<String> details(ObjectNode posted) {
    return switch (form.check(Entry.of(posted), english, Instant.EPOCH)) {
      case Checked.Accepted _ -> List.of();
      case Checked.Rejected(var errors) -> errors.stream().map(FieldError::detail).toList();
    };
  }

  private ObjectNode json(String text) throws JsonProcessingException {
    return json.readValue(text, ObjectNode.class);
  }
}

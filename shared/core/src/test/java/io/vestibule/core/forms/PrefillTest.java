package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Anybody can make an address that fills a form in, and send somebody else to it. */
class PrefillTest {

  private final JsonMapper json =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
  private Form form;

  @BeforeEach
  void read() throws IOException {
    var definition =
        """
        {'title': {'en': 'A'},
         'schema': {'$schema': 'https://json-schema.org/draft/2020-12/schema', 'type': 'object',
           'properties': {
             'email': {'type': 'string', 'format': 'email', 'maxLength': 254},
             'name': {'type': 'string', 'maxLength': 10},
             'site': {'type': 'string', 'format': 'uri', 'maxLength': 200},
             'day': {'type': 'string', 'format': 'date'},
             'guests': {'type': 'integer', 'minimum': 1, 'maximum': 40},
             'size': {'type': 'string', 'enum': ['s', 'm']},
             'topics': {'type': 'array', 'items': {'enum': ['a', 'b', 'c']}, 'uniqueItems': true,
               'maxItems': 2},
             'other': {'type': 'string', 'maxLength': 10}},
           'required': ['email', 'name'], 'additionalProperties': false},
         'fields': {
           'email': {'label': {'en': 'E'}, 'identity': true, 'autocomplete': 'email'},
           'name': {'label': {'en': 'N'}, 'autocomplete': 'name', 'prefill': true},
           'site': {'label': {'en': 'W'}, 'autocomplete': 'url', 'prefill': true},
           'day': {'label': {'en': 'D'}, 'autocomplete': 'off', 'prefill': true,
             'dates': {'from': 'today'}},
           'guests': {'label': {'en': 'G'}, 'autocomplete': 'off', 'prefill': true},
           'size': {'label': {'en': 'S'}, 'autocomplete': 'off', 'prefill': true,
             'options': {'s': {'en': 'S'}, 'm': {'en': 'M'}}},
           'topics': {'label': {'en': 'T'}, 'autocomplete': 'off', 'prefill': true,
             'options': {'a': {'en': 'A'}, 'b': {'en': 'B'}, 'c': {'en': 'C'}}},
           'other': {'label': {'en': 'O'}, 'autocomplete': 'off'}},
         'consents': {}, 'tags': [], 'origins': [], 'next': [], 'keep': {'unverified': 'PT72H'}}
        """
            .replace('\'', '"');
    form =
        new Forms()
            .read("prefill", new ByteArrayInputStream(definition.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name   | ' Ada, of X '          | {'name': 'Ada, of X'}",
        "name   | 12345678901            | {}",
        "name   | ''                     | {}",
        "site   | https://example.com/a  | {'site': 'https://example.com/a'}",
        "site   | javascript:alert(1)    | {}",
        "day    | 2027-01-31             | {'day': '2027-01-31'}",
        "day    | 2027-01-30             | {}",
        "day    | today                  | {}",
        "guests | 4                      | {'guests': 4}",
        "guests | 41                     | {}",
        "guests | 4,5                    | {}",
        "size   | m                      | {'size': 'm'}",
        "size   | Medium                 | {}",
        "topics | a                      | {'topics': ['a']}",
        "topics | 'c,a,c'                | {'topics': ['a', 'c']}",
        "topics | 'a,x'                  | {}",
        "topics | 'a,b,c'                | {}",
        "other  | Ada                    | {}",
        "email  | eve@example.com        | {}",
        "_next  | https://example.com/   | {}",
        "consent.newsletter | v1         | {}",
      })
  void whatMayBeFilledInAndKeepsItsRulesIs(String name, String value, String expected)
      throws IOException {
    var entry = form.prefilled(Map.of(name, value), Instant.parse("2027-01-31T12:00:00Z"));

    assertThat(entry.fields()).hasToString(json(expected).toString());
    assertThat(entry.controls()).isEmpty();
    assertThat(entry.consents()).isEmpty();
  }

  @Test
  void whatNobodySeesIsTakenOutAndControlsAreNotFilledIn() throws IOException {
    assertThat(form.prefilled(Map.of("name", "a\u202eb\u200b"), Instant.EPOCH).fields())
        .isEqualTo(json("{'name': 'ab'}"));
    assertThat(form.prefilled(Map.of("name", "a\u0000b"), Instant.EPOCH).fields()).isEmpty();
    assertThat(form.prefilled(Map.of("name", "a\nb"), Instant.EPOCH).fields()).isEmpty();
  }

  @Test
  void oneWrongValueKeepsNoOtherOut() throws IOException {
    assertThat(form.prefilled(Map.of("guests", "x", "size", "s"), Instant.EPOCH).fields())
        .isEqualTo(json("{'size': 's'}"));
  }

  private ObjectNode json(String text) throws IOException {
    return json.readValue(text, ObjectNode.class);
  }
}

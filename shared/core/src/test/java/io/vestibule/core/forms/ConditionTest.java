package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.vestibule.core.wording.Wordings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields that are asked only if another field has a certain value. */
class ConditionTest {

  private static final String ON_SIZE =
      "{'if': {'properties': {'size': {'enum': ['m', 'l']}}, 'required': ['size']},"
          + " 'then': {'required': ['day'], 'properties': {'notes': true}}}";
  private static final String ON_TICK =
      "{'if': {'properties': {'pets': {'const': true}}, 'required': ['pets']},"
          + " 'then': {'properties': {'petName': true}}}";
  private static final String ON_NUMBER =
      "{'if': {'properties': {'guests': {'const': 3}}, 'required': ['guests']},"
          + " 'then': {'required': ['why']}}";

  private final JsonMapper json =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

  private Form form(String conditions) throws IOException {
    return form(conditions, "");
  }

  private Form form(String conditions, String more) throws IOException {
    var definition =
        """
        {'title': {'en': 'A'},
         'schema': {'$schema': 'https://json-schema.org/draft/2020-12/schema', 'type': 'object',
           'properties': {
             'email': {'type': 'string', 'format': 'email', 'maxLength': 254},
             'size': {'type': 'string', 'enum': ['s', 'm', 'l']},
             'some': {'type': 'array', 'items': {'enum': ['a', 'b']}, 'uniqueItems': true},
             'pets': {'type': 'boolean'},
             'guests': {'type': 'integer', 'minimum': 1, 'maximum': 40},
             'day': {'type': 'string', 'format': 'date'},
             'notes': {'type': 'string', 'maxLength': 10},
             'petName': {'type': 'string', 'maxLength': 10},
             'why': {'type': 'string', 'maxLength': 10}},
           'required': ['email'], 'allOf': [%s], 'additionalProperties': false},
         'fields': {
           'email': {'label': {'en': 'E'}, 'identity': true, 'autocomplete': 'email'},
           'size': {'label': {'en': 'S'}, 'autocomplete': 'off',
             'options': {'s': {'en': 'S'}, 'm': {'en': 'M'}, 'l': {'en': 'L'}}},
           'some': {'label': {'en': 'T'}, 'autocomplete': 'off',
             'options': {'a': {'en': 'A'}, 'b': {'en': 'B'}}},
           'pets': {'label': {'en': 'P'}, 'autocomplete': 'off'},
           'guests': {'label': {'en': 'G'}, 'autocomplete': 'off'},
           'day': {'label': {'en': 'D'}, 'autocomplete': 'off'},
           'notes': {'label': {'en': 'N'}, 'autocomplete': 'off'},
           'petName': {'label': {'en': 'P'}, 'autocomplete': 'off'%s},
           'why': {'label': {'en': 'W'}, 'autocomplete': 'off'}},
         'consents': {}, 'tags': [], 'origins': [], 'next': [], 'keep': {'unverified': 'PT72H'}}
        """
            .formatted(conditions, more)
            .replace('\'', '"');
    return new Forms()
        .read("conditions", new ByteArrayInputStream(definition.getBytes(StandardCharsets.UTF_8)));
  }

  /** What is dropped is named; what is left keeps the rules, or the answer says what is missing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'size': 's'                                 | ''              | ''",
        "'size': 'm'                                 | ''              | /day",
        "'size': 'm', 'day': '2028-02-29'            | ''              | ''",
        "'size': 'l', 'day': 'soon'                  | ''              | /day",
        "'size': 'l', 'day': '2028-02-29', 'notes': 'x' | ''           | ''",
        "'size': 's', 'day': '2028-02-29', 'notes': 'x' | 'day,notes'  | ''",
        "'size': 's', 'day': 'soon'                  | day             | ''",
        "'day': '2028-02-29'                         | day             | ''",
        "'pets': true, 'petName': 'Rex'              | ''              | ''",
        "'pets': true                                | ''              | ''",
        "'pets': false, 'petName': 'Rex'             | petName         | ''",
        "'petName': 'Rex'                            | petName         | ''",
        "'guests': 3                                 | ''              | /why",
        "'guests': 3.0, 'why': 'x'                   | ''              | ''",
        "'guests': 4, 'why': 'x'                     | why             | ''",
        "'size': 'm\u200b', 'day': '2028-02-29'      | ''              | ''",
      },
      quoteCharacter = '`')
  void whatIsNotAskedIsDroppedAndWhatIsAskedIsNeeded(String posted, String dropped, String missing)
      throws IOException {
    var form = form(ON_SIZE + "," + ON_TICK + "," + ON_NUMBER);
    var sent = Entry.of(json("{'email': 'ada@example.com', " + posted + "}"));

    for (boolean isOfPage : List.of(true, false)) {
      var entry = form.sift(sent, isOfPage, Instant.EPOCH);
      assertThat(String.join(",", entry.ignored().propertyStream().map(Map.Entry::getKey).toList()))
          .isEqualTo(dropped.replace("'", ""));
      var checked = form.check(entry, new Wordings().of("en"), Instant.EPOCH);
      switch (checked) {
        case Checked.Accepted accepted -> {
          assertThat(missing).isEqualTo("''");
          assertThat(form.accepts(accepted.fields(), Instant.EPOCH)).isTrue();
          assertThat(plainErrors(form, accepted.fields())).isZero();
        }
        case Checked.Rejected(var errors) -> {
          assertThat(errors).extracting(FieldError::pointer).containsExactly(missing);
          assertThat(form.accepts(entry.fields(), Instant.EPOCH)).isFalse();
        }
      }
    }
  }

  /** As an HTML form sends it: the library for schemas compares numbers, and we do, too. */
  @Test
  void aNumberIsTheSameHoweverItIsKept() throws IOException {
    var form = form(ON_NUMBER);
    var entered = json("{'email': 'ada@example.com', 'why': 'x'}");
    entered.set("guests", LongNode.valueOf(3));

    assertThat(form.schema().unasked(entered)).isEmpty();
    entered.remove("why");
    assertThat(form.accepts(entered, Instant.EPOCH)).isFalse();
    assertThat(plainErrors(form, entered)).isEqualTo(1);
  }

  /** Any validator must say the same; this one is set up as it comes. */
  private static int plainErrors(Form form, ObjectNode fields) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(form.schema().source())
        .validate(fields)
        .size();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                                                                                                | allOf[0] must have \"if\" and \"then\"",
        "{'if': {'properties': {'size': {'const': 's'}}}, 'then': {'required': ['day']}}                                                     | allOf[0].if must be",
        "{'if': {'properties': {'size': {'pattern': 's'}}, 'required': ['size']}, 'then': {'required': ['day']}}                             | each value one that it can have",
        "{'if': {'properties': {'size': {'const': 's'}, 'pets': {'const': true}}, 'required': ['size']}, 'then': {'required': ['day']}}      | allOf[0].if must be",
        "{'if': {'properties': {'size': {'const': 'xl'}}, 'required': ['size']}, 'then': {'required': ['day']}}                              | each value one that it can have",
        "{'if': {'properties': {'gone': {'const': 's'}}, 'required': ['gone']}, 'then': {'required': ['day']}}                               | must be a field of one value",
        "{'if': {'properties': {'some': {'const': ['a']}}, 'required': ['some']}, 'then': {'required': ['day']}}                             | must be a field of one value",
        "{'if': {'properties': {'pets': {'const': false}}, 'required': ['pets']}, 'then': {'required': ['day']}}                             | each value one that it can have",
        "{'if': {'properties': {'size': {'const': 's'}}, 'required': ['size']}, 'then': {}}                                                  | allOf[0].then names []",
        "{'if': {'properties': {'size': {'const': 's'}}, 'required': ['size']}, 'then': {'required': ['gone']}}                              | allOf[0].then names [gone]",
        "{'if': {'properties': {'size': {'const': 's'}}, 'required': ['size']}, 'then': {'properties': {'day': {}}}}                         | allOf[0].then must be",
        "{'if': {'properties': {'size': {'const': 's'}}, 'required': ['size']}, 'then': {'required': ['email']}}                             | schema.required names email",
        "{'if': {'properties': {'guests': {'const': 3}}, 'required': ['guests']}, 'then': {'required': ['size']}}                            | fields.size must come after fields.guests",
      },
      quoteCharacter = '`')
  void aConditionThatIsNoneIsToldInASentence(String condition, String sentence) {
    assertThatThrownBy(() -> form(condition)).hasMessageContaining(sentence);
  }

  @Test
  void conditionsHaveOneLevelAndAFieldHasOneAtMost() {
    var onDay =
        "{'if': {'properties': {'petName': {'const': 'x'}}, 'required': ['petName']},"
            + " 'then': {'required': ['why']}}";
    var onPets =
        "{'if': {'properties': {'size': {'const': 's'}}, 'required': ['size']},"
            + " 'then': {'required': ['pets']}}";

    assertThatThrownBy(() -> form(ON_TICK + "," + ON_TICK))
        .hasMessageContaining("more than one condition for petName");
    assertThatThrownBy(() -> form(ON_TICK + "," + onPets))
        .hasMessageContaining("pets is asked only on a condition, so it cannot be one");
    assertThatThrownBy(() -> form(onDay)).hasMessageContaining("each value one that it can have");
    assertThatThrownBy(() -> form(ON_TICK, ", 'hidden': true"))
        .hasMessageContaining("neither petName nor pets can be hidden");
  }

  private ObjectNode json(String text) throws IOException {
    return json.readValue(text, ObjectNode.class);
  }
}

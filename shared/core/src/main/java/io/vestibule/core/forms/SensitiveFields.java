package io.vestibule.core.forms;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What allows a sensitive field to be asked: an explicit consent of its own, which the person may
 * refuse and withdraw, or a ground that the form states (GDPR, article 9(2); PIPL, articles 28 and
 * 29).
 */
final class SensitiveFields {

  private SensitiveFields() {}

  /**
   * Checks all fields.
   *
   * @throws IllegalArgumentException one is asked without being allowed; the message says where
   */
  static void check(
      Schema schema, Map<String, Form.Field> fields, Map<String, Form.Consent> consents) {
    consents.forEach((name, consent) -> check(name, consent, fields));
    fields.forEach((name, field) -> check(name, field, schema, consents));
    fields.keySet().forEach(name -> checkCondition(name, schema, fields, consents));
  }

  /** That it was filled in tells what was answered in the other. */
  private static void checkCondition(
      String name,
      Schema schema,
      Map<String, Form.Field> fields,
      Map<String, Form.Consent> consents) {
    schema
        .condition(name)
        .map(Condition::on)
        .filter(on -> requireNonNull(fields.get(on)).isSensitive())
        .ifPresent(
            on -> {
              var field = requireNonNull(fields.get(name));
              var other = requireNonNull(fields.get(on));
              Require.that(
                  field.isSensitive()
                      && Objects.equals(field.ground(), other.ground())
                      && consents.values().stream()
                          .map(Form.Consent::fields)
                          .allMatch(it -> it.contains(name) == it.contains(on)),
                  "fields.%s is asked only after an answer in %s, which is sensitive, and so tells that"
                      + " answer: it must have \"sensitivity\": \"sensitive\", too, and hang on the same"
                      + " consent, or state the same \"ground\"",
                  name,
                  on);
            });
  }

  private static void check(String name, Form.Consent consent, Map<String, Form.Field> fields) {
    for (String field : consent.fields()) {
      var named = fields.get(field);
      Require.that(
          named != null && named.isSensitive(),
          "consents.%s.fields has \"%s\": only a field with \"sensitivity\": \"sensitive\" hangs on a consent",
          name,
          field);
    }
  }

  private static void check(
      String name, Form.Field field, Schema schema, Map<String, Form.Consent> consents) {
    var hangsOn = consents.values().stream().filter(it -> it.fields().contains(name)).toList();
    if (!field.isSensitive()) {
      Require.that(
          field.ground() == null,
          "fields.%s.ground is for fields with \"sensitivity\": \"sensitive\"",
          name);
      return;
    }
    Require.that(!field.identity(), "fields.%s is the identity: it must not be sensitive", name);
    Require.that(
        field.importance() != Form.Importance.KEY,
        "fields.%s is sensitive: its importance must be \"normal\", as lists show key fields",
        name);
    Require.that(
        hangsOn.size() + (field.ground() == null ? 0 : 1) == 1,
        "fields.%s is sensitive: name it in the \"fields\" of one of the consents, which asks for it"
            + " alone, or state its \"ground\" (what of the law allows it), and not both",
        name);
    hangsOn.forEach(consent -> checkHanging(name, field, schema, consent));
  }

  private static void checkHanging(
      String name, Form.Field field, Schema schema, Form.Consent consent) {
    Require.that(
        consent.required() || !schema.mayRequire(name),
        "schema.required has \"%s\", which hangs on a consent that may be refused: take it out, or"
            + " make the consent \"required\"",
        name);
    Require.that(
        field.purposes().isEmpty() || field.purposes().equals(List.of(consent.purpose())),
        "fields.%s.purposes must be [\"%s\"], as nothing else was consented to, or be left out",
        name,
        consent.purpose());
  }
}

package io.vestibule.local.forms;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.DataRequest;
import io.vestibule.core.forms.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Each purpose that is consented to anywhere can be withdrawn (GDPR, article 7(3)): so some form
 * says what it is called, and one only.
 *
 * @param forms all of them
 */
record PurposesCheck(List<Source> forms) {

  private record Label(Source form, JsonNode texts) {}

  List<Problem> problems() {
    var problems = new ArrayList<Problem>();
    var labels = labels(problems);
    for (Source form : forms) {
      form.tree()
          .path("consents")
          .forEachEntry((name, consent) -> check(form, name, consent, labels, problems));
    }
    return problems;
  }

  private static void check(
      Source form,
      String name,
      JsonNode consent,
      Map<String, Label> labels,
      List<Problem> problems) {
    String purpose = consent.path("purpose").asText();
    if (purpose.equals(DataRequest.ALL_PURPOSES)) {
      problems.add(
          form.problem(
              "/consents/%s/purpose".formatted(name),
              "consents.%s.purpose must not be \"%s\": by it people withdraw everything"
                  .formatted(name, purpose)));
    } else if (consent.path("purpose").isTextual() && !labels.containsKey(purpose)) {
      problems.add(
          form.problem(
              "/consents/%s/purpose".formatted(name),
              "consents.%s lacks \"label\": what the purpose \"%s\" is called where people withdraw"
                      .formatted(name, purpose)
                  + " it, by language; no form says it"
                  + Near.meant(purpose, labels.keySet())));
    }
  }

  private Map<String, Label> labels(List<Problem> problems) {
    var labels = new HashMap<String, Label>();
    for (Source form : forms) {
      if (form.name().equals(Form.PRIVACY)) {
        form.tree()
            .at("/fields/purpose/options")
            .forEachEntry((purpose, texts) -> labels.put(purpose, new Label(form, texts)));
      }
      form.tree()
          .path("consents")
          .forEachEntry(
              (name, consent) -> {
                if (consent.path("label").isObject()) {
                  String purpose = consent.path("purpose").asText();
                  var had = labels.putIfAbsent(purpose, new Label(form, consent.get("label")));
                  if (had != null && !had.texts().equals(consent.get("label"))) {
                    problems.add(
                        form.problem(
                            "/consents/%s/label".formatted(name),
                            "consents.%s.label calls the purpose \"%s\" otherwise than %s does:"
                                    .formatted(name, purpose, had.form().path())
                                + " leave it out here"));
                  }
                }
              });
    }
    return labels;
  }
}

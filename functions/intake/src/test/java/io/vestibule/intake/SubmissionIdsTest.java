package io.vestibule.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.core.forms.Entry;
import org.junit.jupiter.api.Test;

/** A post that comes again has the id that it had, whatever has become of its form since. */
class SubmissionIdsTest {

  /** If this changes, what is sent once more during a deployment is stored twice. */
  @Test
  void anIdIsMadeOfWhatTheFirstVersionMadeItOf() throws JsonProcessingException {
    assertThat(
            body(
                """
                {"name": "  Ada\\r\\nLovelace ", "email": "ada@example.com", "fax": "", "_lang": "en",
                 "consent.newsletter": "v1", "company": null, "city": "Ko\\u0308ln"}
                """))
        .isEqualTo(
            """
            {"consents":{"newsletter":"v1"},"fields":{"city":"Köln","email":"ada@example.com",\
            "name":"Ada\\nLovelace"},"form":"contact","key":"k","locale":"en"}""");
  }

  @Test
  void whatALaterRuleTakesOutOrMapsIsInIt() throws JsonProcessingException {
    assertThat(
            body(
                "{\"name\": \"A\u202eda\u00a0\", \"message\": \"one\\u000btwo\", \"undeclared\": \"x\"}"))
        .contains("\"A\u202eda\u00a0\"", "one\\u000Btwo", "undeclared");
  }

  @Test
  void aValueIsWhatItWasPostedAsAndNotWhatTheFormHasItFor() throws JsonProcessingException {
    assertThat(body("{\"score\": \"5\", \"again\": \"on\"}"))
        .contains("\"score\":\"5\"", "\"again\":\"on\"");
    assertThat(body("{\"score\": 5, \"share\": 1.0}")).contains("\"score\":5", "\"share\":1.0");
  }

  private static String body(String posted) throws JsonProcessingException {
    var values = (ObjectNode) Json.MAPPER.readTree(posted);
    return SubmissionIds.canonicalBody("k", "contact", Entry.of(values), "en");
  }
}

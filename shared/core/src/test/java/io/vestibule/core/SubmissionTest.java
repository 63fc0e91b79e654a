package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionTest {

  @Test
  void aSubmissionReadsBackAsItWasWritten() throws Submission.Malformed {
    var submission =
        new Submission(
            Json.MAPPER.createObjectNode().put("name", "Ada"),
            Map.of("newsletter", "v1"),
            "zh-Hans",
            "https://www.example.com",
            Instant.parse("2026-11-21T20:14:00.123Z"));

    assertThat(Submission.parse(submission.toJson())).isEqualTo(submission);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "canary",
        "[]",
        "{}",
        "{\"fields\":{},\"consents\":[]}",
        "{\"fields\":{},\"consents\":{},\"receivedAt\":\"canary\"}"
      })
  void anythingElseIsMalformedAndNotQuoted(String text) {
    assertThatThrownBy(() -> Submission.parse(text.getBytes(UTF_8)))
        .isInstanceOf(Submission.Malformed.class)
        .hasNoCause()
        .hasMessageNotContaining("canary");
  }
}

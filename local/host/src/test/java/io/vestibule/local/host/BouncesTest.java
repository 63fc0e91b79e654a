package io.vestibule.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which bounces the template's rules tell of. */
class BouncesTest {

  private static final Path TEMPLATE = Path.of("..", "..", "template.yaml");
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "Bounces, '{\"form\":[\"contact\"]}'",
    "BouncesWithoutForm, '{}'",
  })
  void aBounceForWantOfEncryptionSuppressesNobodyAndEveryOtherIsToldOf(String rule, String tags)
      throws IOException {
    expect(Files.readString(TEMPLATE), rule, tags);
  }

  @ParameterizedTest
  @CsvSource({
    "'4.7.5, ', ''",
    "'5.7.10, ', '5.7.10, 5.7.1, '",
    "'status: [{exists: false}, ', 'status: ['",
  })
  void aRuleThatTellsOfTooMuchOrTooLittleIsSeen(String right, String wrong) throws IOException {
    var template = Files.readString(TEMPLATE);
    assertThat(template).contains(right);
    var broken = template.replace(right, wrong);

    assertThatThrownBy(() -> expect(broken, "BouncesWithoutForm", "{}"))
        .isInstanceOf(AssertionError.class);
  }

  private static void expect(String template, String rule, String tags) throws IOException {
    var filter = new EventFilter(List.of(pattern(template, rule)));

    assertThat(filter.passes(bounce(tags, "{\"status\":\"5.1.1\"}"))).isTrue();
    assertThat(filter.passes(bounce(tags, "{\"status\":\"5.7.1\"}"))).isTrue();
    assertThat(filter.passes(bounce(tags, "{}"))).as("without a status").isTrue();
    for (var status : List.of("5.7.4", "5.7.10", "5.7.30", "4.7.5")) {
      assertThat(filter.passes(bounce(tags, "{\"status\":\"%s\"}".formatted(status))))
          .as(status)
          .isFalse();
    }
  }

  /** As the template has it, for a configuration set of any name. */
  private static JsonNode pattern(String template, String rule) {
    var pattern =
        Template.parse(template)
            .section("Resources")
            .at("/MailFeedbackFunction/Properties/Events/%s/Properties/Pattern".formatted(rule))
            .deepCopy();
    ((ObjectNode) pattern.at("/detail/mail/tags")).remove("ses:configuration-set");
    return pattern;
  }

  private static JsonNode bounce(String tags, String recipient) throws IOException {
    var address = (ObjectNode) JSON.readTree(recipient);
    address.put("emailAddress", "ada@reader.example");
    var event = JSON.createObjectNode();
    event.put("source", "aws.ses").put("detail-type", "Email Bounced");
    var detail = event.putObject("detail");
    detail
        .putObject("bounce")
        .put("bounceType", "Permanent")
        .putArray("bouncedRecipients")
        .add(address);
    var all = (ObjectNode) JSON.readTree(tags);
    all.putArray("mailbox").add("m");
    detail.putObject("mail").set("tags", all);
    return event;
  }
}

package io.vestibule.local.ses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.aws.BackendServer;
import io.vestibule.local.aws.Sdk;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.AlreadyExistsException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.EventType;
import software.amazon.awssdk.services.sesv2.model.Message;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/** Our emulator, which is to be as strict as AWS where moto is not. */
class SesEmulatorTest extends SesContract {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String FROM = "hello@vestibule.example";

  private final List<JsonNode> bus = new ArrayList<>();
  private final SesEmulator emulator =
      new SesEmulator(
          "eu-central-1",
          "123456789012",
          Clock.fixed(NOW, ZoneOffset.UTC),
          new Random(1),
          bus::add);
  private BackendServer server;
  private SesV2Client ses;

  @BeforeEach
  void start() throws IOException {
    server = new BackendServer(emulator);
    ses = Sdk.client(SesV2Client.builder(), server.endpoint());
    verify(FROM);
  }

  @AfterEach
  void stop() {
    ses.close();
    server.close();
  }

  @Override
  SesV2Client ses() {
    return ses;
  }

  @Override
  Inbox inbox() {
    return emulator;
  }

  @Test
  void aMailKeepsItsTimeItsHeadersAndItsTags() {
    ses.createConfigurationSet(r -> r.configurationSetName("mails"));
    send(
        FROM,
        r ->
            r.configurationSetName("mails")
                .replyToAddresses("reply@vestibule.example")
                .emailTags(MessageTag.builder().name("mailbox").value("a-b_1").build())
                .content(c -> c.simple(withHeader("Auto-Submitted", "auto-generated"))));

    var mail = mailsFrom(FROM).getFirst();
    assertThat(mail.at()).isEqualTo(NOW);
    assertThat(mail.headers())
        .containsEntry("Auto-Submitted", "auto-generated")
        .containsEntry("Reply-To", "reply@vestibule.example")
        .containsEntry("X-SES-CONFIGURATION-SET", "mails")
        .containsEntry("X-SES-MESSAGE-TAGS", "mailbox=a-b_1");
  }

  @Test
  void aSubdomainOfAVerifiedDomainIsVerifiedAndItsParentIsNot() {
    verify("mail.shop.example");

    send("a@news.mail.shop.example", r -> {});

    assertRefused(() -> send("a@shop.example", r -> {}));
    assertRefused(() -> send("a@evilmail.shop.example", r -> {}));
  }

  @Test
  void inTheSandboxItMailsToVerifiedAddressesAndTheSimulatorOnlyAndNamesTheOthers() {
    ses.putAccountDetails(r -> r.productionAccessEnabled(false));
    assertThat(ses.getAccount(r -> {}).productionAccessEnabled()).isFalse();
    verify("tester@reader.example");

    send(FROM, r -> r.destination(d -> d.toAddresses("tester@reader.example")));
    send(FROM, r -> r.destination(d -> d.toAddresses("success@simulator.amazonses.com")));

    assertThatExceptionOfType(MessageRejectedException.class)
        .isThrownBy(() -> send(FROM, r -> {}))
        .withMessageContaining("ada@reader.example")
        .withMessageNotContaining(FROM);
    assertThatExceptionOfType(MessageRejectedException.class)
        .isThrownBy(() -> send("nobody@elsewhere.example", r -> {}))
        .withMessageContaining("nobody@elsewhere.example, ada@reader.example");
    ses.putAccountDetails(r -> r.productionAccessEnabled(true));
    send(FROM, r -> {});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@reader.example\r\nBcc: eve@evil.example",
        "ada@reader.example, eve@evil.example",
        "\"Ada\r\nBcc: eve@evil.example\" <ada@reader.example>",
        "Ада <ada@reader.example>",
        "ådå@reader.example",
        "ada@bücher.example",
        "ada@@reader.example",
        "ada.@reader.example",
        "ada@reader",
        "ada@-reader.example",
        "@reader.example",
        "ada lovelace@reader.example",
        "<ada@reader.example",
        ""
      })
  void anAddressThatSesWouldNotTakeIsABadRequest(String address) {
    assertBadRequest(r -> r.destination(d -> d.toAddresses(address)));
    assertBadRequest(r -> r.fromEmailAddress(address));
    assertBadRequest(r -> r.replyToAddresses(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-A\r\nBcc", "X:A", "X A", "X-Ä", "", "From", "to", "Content-Type", "Message-ID"})
  void aHeaderNameThatSesWouldNotTakeIsABadRequest(String name) {
    assertBadRequest(r -> r.content(c -> c.simple(withHeader(name, "value"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nBcc: eve@evil.example", "a\tb", "ä", ""})
  void aHeaderValueThatSesWouldNotTakeIsABadRequest(String value) {
    assertBadRequest(r -> r.content(c -> c.simple(withHeader("X-A", value))));
  }

  @Test
  void headersHaveLimits() {
    send(FROM, r -> r.content(c -> c.simple(withHeader("N".repeat(126), "v".repeat(870)))));

    assertBadRequest(r -> r.content(c -> c.simple(withHeader("N".repeat(127), "v"))));
    assertBadRequest(r -> r.content(c -> c.simple(withHeader("N", "v".repeat(871)))));
    var sixteen = IntStream.range(0, 16).mapToObj(i -> header("X-" + i, "v")).toList();
    assertBadRequest(r -> r.content(c -> c.simple(message().headers(sixteen).build())));
    assertBadRequest(
        r ->
            r.content(
                c -> c.simple(message().headers(header("X", "1"), header("X", "2")).build())));
  }

  @Test
  void aLineBreakInTheSubjectIsABadRequest() {
    assertBadRequest(
        r ->
            r.content(c -> c.simple(message().subject(content("Hi\nBcc: eve@x.example")).build())));
  }

  @Test
  void contentBeyondAsciiNamesItsCharset() {
    assertBadRequest(
        r ->
            r.content(
                c -> c.simple(message().subject(Content.builder().data("您好").build()).build())));
    assertBadRequest(
        r ->
            r.content(
                c ->
                    c.simple(
                        message()
                            .subject(Content.builder().data("Hi").charset("no-such").build())
                            .build())));
  }

  @Test
  void aMailWithoutAnyPartIsABadRequest() {
    assertBadRequest(r -> r.content(c -> c.simple(message().body(b -> {}).build())));
  }

  @Test
  void tagsAreOfLettersDigitsAndDashes() {
    assertBadRequest(
        r -> r.emailTags(MessageTag.builder().name("mailbox").value("ada@reader.example").build()));
  }

  @Test
  void whatExistsIsNotCreatedAgain() {
    ses.createConfigurationSet(r -> r.configurationSetName("twice"));

    assertThatExceptionOfType(AlreadyExistsException.class).isThrownBy(() -> verify(FROM));
    assertThatExceptionOfType(AlreadyExistsException.class)
        .isThrownBy(() -> ses.createConfigurationSet(r -> r.configurationSetName("twice")));
  }

  @Test
  void otherOperationsAndParametersAreUnknown() {
    assertThatThrownBy(() -> ses.listContactLists(r -> {}))
        .isInstanceOfSatisfying(
            SesV2Exception.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException"));
    assertBadRequest(r -> r.feedbackForwardingEmailAddress("bounce@vestibule.example"));
  }

  @ParameterizedTest
  @CsvSource({
    "bounce@simulator.amazonses.com, Bounce, Permanent",
    "bounce+label@simulator.amazonses.com, Bounce, Permanent",
    "ooto@simulator.amazonses.com, Bounce, Transient",
    "complaint+1@simulator.amazonses.com, Complaint, ''"
  })
  void whatTheMailboxSimulatorAnswersGoesToTheBus(String address, String type, String bounce) {
    createSetWithEvents("events", EventType.BOUNCE, EventType.COMPLAINT);

    send(FROM, to(address, "events"));

    assertThat(mailsFrom(FROM)).as("SES takes the mail first").hasSize(1);
    var event = bus.getFirst();
    assertThat(event.path("source").asText()).isEqualTo("aws.ses");
    assertThat(event.at("/detail/eventType").asText()).isEqualTo(type);
    assertThat(event.at("/detail/bounce/bounceType").asText()).isEqualTo(bounce);
    assertThat(event.at("/detail/mail/tags/mailbox/0").asText()).isEqualTo("a-b_1");
    assertThat(event.at("/detail/mail/tags/ses:configuration-set/0").asText()).isEqualTo("events");
    assertThat(event.toString()).as("as AWS has it").contains(address);
  }

  @Test
  void otherMailboxesAndEventsThatNobodyAskedForAreSilent() {
    createSetWithEvents("complaints", EventType.COMPLAINT);
    ses.createConfigurationSet(r -> r.configurationSetName("nothing"));

    send(FROM, to("bounce@simulator.amazonses.com", "complaints"));
    send(FROM, to("bounce@simulator.amazonses.com", "nothing"));
    send(FROM, to("success@simulator.amazonses.com", "complaints"));
    send(FROM, to("complaint@elsewhere.example", "complaints"));

    assertThat(bus).isEmpty();
  }

  private void createSetWithEvents(String name, EventType... types) {
    ses.createConfigurationSet(r -> r.configurationSetName(name));
    ses.createConfigurationSetEventDestination(
        r ->
            r.configurationSetName(name)
                .eventDestinationName("bus")
                .eventDestination(
                    d ->
                        d.enabled(true)
                            .matchingEventTypes(types)
                            .eventBridgeDestination(
                                b ->
                                    b.eventBusArn(
                                        "arn:aws:events:eu-central-1:123456789012:event-bus/default"))));
  }

  private static Consumer<SendEmailRequest.Builder> to(String address, String set) {
    return r ->
        r.destination(d -> d.toAddresses(address))
            .configurationSetName(set)
            .emailTags(MessageTag.builder().name("mailbox").value("a-b_1").build());
  }

  private void assertBadRequest(Consumer<SendEmailRequest.Builder> changes) {
    assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> send(FROM, changes));
    assertThat(inbox().mails()).noneMatch(mail -> mail.to().contains("eve@evil.example"));
  }

  private static Message withHeader(String name, String value) {
    return message().headers(header(name, value)).build();
  }

  private static Message.Builder message() {
    return Message.builder().subject(content("Hi")).body(b -> b.text(content("Hi")));
  }

  private static MessageHeader header(String name, String value) {
    return MessageHeader.builder().name(name).value(value).build();
  }
}

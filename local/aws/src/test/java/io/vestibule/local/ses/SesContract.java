package io.vestibule.local.ses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Body;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/** What SESv2 promises, and every emulator of it has to keep; and how its mails are read. */
abstract class SesContract {

  private static final Content TEXT = content("Guten Tag, 您好");
  private static final Content HTML = content("<p>Guten Tag</p>");

  abstract SesV2Client ses();

  abstract Inbox inbox();

  /** Where an emulator is known not to do as AWS does, its tests are skipped with this sentence. */
  void knownToDiffer(String how) {}

  @Test
  void aMailFromAVerifiedAddressIsInTheInbox() {
    verify("text@sender.example");
    send("text@sender.example", r -> r.content(c -> c.simple(m -> m.subject(TEXT).body(text()))));

    var mail = mailsFrom("text@sender.example").getFirst();
    assertThat(mail.to()).containsExactly("ada@reader.example");
    assertThat(mail.subject()).isEqualTo("Guten Tag, 您好");
    assertThat(mail.text()).isEqualTo("Guten Tag, 您好");
    assertThat(mail.html()).isEmpty();
  }

  @Test
  void theHtmlPartIsInTheInboxToo() {
    verify("html@sender.example");
    send(
        "html@sender.example",
        r -> r.content(c -> c.simple(m -> m.subject(TEXT).body(b -> b.text(TEXT).html(HTML)))));

    assertThat(mailsFrom("html@sender.example").getFirst().html()).isEqualTo("<p>Guten Tag</p>");
  }

  @Test
  void mailsStandInTheOrderInWhichTheyWereSent() {
    verify("order@sender.example");
    for (var subject : List.of("1", "2", "3")) {
      send(
          "order@sender.example",
          r -> r.content(c -> c.simple(m -> m.subject(content(subject)).body(text()))));
    }

    assertThat(mailsFrom("order@sender.example"))
        .extracting(Mail::subject)
        .containsExactly("1", "2", "3");
    assertThat(mailsFrom("order@sender.example")).extracting(Mail::at).isSorted();
  }

  @Test
  void aNameMayStandBeforeTheAddress() {
    verify("name@sender.example");

    send("\"Business, Inc.\" <name@sender.example>", r -> {});

    assertThat(mailsFrom("\"Business, Inc.\" <name@sender.example>")).hasSize(1);
  }

  @Test
  void aVerifiedDomainVerifiesItsAddresses() {
    verify("domain.example");

    send("anybody@domain.example", r -> {});

    assertThat(mailsFrom("anybody@domain.example")).hasSize(1);
  }

  @Test
  void nobodyElseMaySend() {
    assertThatThrownBy(() -> send("stranger@elsewhere.example", r -> {}))
        .isInstanceOf(MessageRejectedException.class)
        .hasMessageContaining("stranger@elsewhere.example");
    assertThat(mailsFrom("stranger@elsewhere.example")).isEmpty();
  }

  @Test
  void fiftyRecipientsAreTheMost() {
    verify("many@sender.example");

    send("many@sender.example", to(50));

    assertThat(mailsFrom("many@sender.example").getFirst().to()).hasSize(50);
    assertRefused(() -> send("many@sender.example", to(51)));
  }

  @Test
  void whatIsNoAddressIsRefused() {
    verify("strict@sender.example");

    assertRefused(
        () -> send("strict@sender.example", r -> r.destination(d -> d.toAddresses("nobody"))));
  }

  @Test
  void aMailGoesToSomebody() {
    knownToDiffer("moto takes mails without a recipient");
    verify("lonely@sender.example");

    assertRefused(() -> send("lonely@sender.example", r -> r.destination(d -> {})));
  }

  @Test
  void aConfigurationSetHasToExist() {
    knownToDiffer("moto does not look at the configuration set of a mail");
    verify("set@sender.example");

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> send("set@sender.example", r -> r.configurationSetName("missing")));
    ses().createConfigurationSet(r -> r.configurationSetName("present"));
    send("set@sender.example", r -> r.configurationSetName("present"));

    assertThat(mailsFrom("set@sender.example")).hasSize(1);
  }

  void verify(String identity) {
    ses().createEmailIdentity(r -> r.emailIdentity(identity));
  }

  void send(String from, Consumer<SendEmailRequest.Builder> changes) {
    var request =
        SendEmailRequest.builder()
            .fromEmailAddress(from)
            .destination(d -> d.toAddresses("ada@reader.example"))
            .content(c -> c.simple(m -> m.subject(TEXT).body(text())));
    changes.accept(request);
    ses().sendEmail(request.build());
  }

  List<Mail> mailsFrom(String sender) {
    return inbox().mails().stream()
        .filter(mail -> sender.equals(mail.headers().get("From")))
        .toList();
  }

  static void assertRefused(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            SesV2Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
  }

  static Content content(String data) {
    return Content.builder().data(data).charset("UTF-8").build();
  }

  private static Body text() {
    return Body.builder().text(TEXT).build();
  }

  private static Consumer<SendEmailRequest.Builder> to(int recipients) {
    var addresses = Collections.nCopies(recipients, "ada@reader.example");
    return r -> r.destination(d -> d.toAddresses(addresses));
  }
}

package io.vestibule.delivery.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.EmailAddress;
import io.vestibule.core.targets.Target;
import io.vestibule.core.targets.Targets;
import io.vestibule.local.aws.BackendServer;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.ses.Mail;
import io.vestibule.local.ses.SesEmulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sesv2.SesV2Client;

class StaffMailTest {

  @TempDir private Path folder;

  private final SesEmulator emulator =
      new SesEmulator(
          "eu-central-1", "123456789012", Clock.systemUTC(), new Random(1), event -> {});
  private BackendServer server;
  private SesV2Client ses;
  private Kind mail;

  @BeforeEach
  void start() throws IOException {
    server = new BackendServer(emulator);
    ses = Sdk.client(SesV2Client.builder(), server.endpoint());
    ses.createEmailIdentity(identity -> identity.emailIdentity("vestibule@business.example"));
    ses.createConfigurationSet(set -> set.configurationSetName("all"));
    mail = new StaffMail(ses, "vestibule@business.example", "all");
  }

  @AfterEach
  void stop() throws IOException {
    ses.close();
    server.close();
  }

  @Test
  void theOwnerReadsWhatCameInAndRepliesToWhoWrote() {
    var target =
        new Targets(EmailAddress.parse("owner@business.example"), Optional.empty())
            .find("staff")
            .orElseThrow();
    var order = new Order(target, Secret.NONE, Orders.NOW, Orders.ID);

    assertThat(mail.send(order, List.of(Orders.message(order, values("Hello,\\n\\nin two lines")))))
        .isEqualTo(Answer.taken());

    var sent = sent();
    assertThat(sent.to()).containsExactly("owner@business.example");
    assertThat(sent.subject()).isEqualTo("New: Contact us · V-7K2M9Q");
    assertThat(sent.headers())
        .containsEntry("Reply-To", "na@example.com")
        .containsEntry("Auto-Submitted", "auto-generated")
        .containsEntry("X-Vestibule-Message", Orders.ID);
    assertThat(sent.headers().get("From")).endsWith(" <vestibule@business.example>");
    assertThat(sent.html()).isEmpty();
    assertThat(sent.text())
        .startsWith("Contact us · V-7K2M9Q\nHanded in on ")
        .containsSubsequence(
            "E-mail: na@example.com\n",
            "Message:\n> Hello,\n> \n> in two lines\n",
            "Reply to this mail",
            "\n-- \nThis was written by a stranger.");
  }

  @Test
  void whatAStrangerWroteIsNeitherInAHeaderNorPassesForOurs() {
    var order = order("en", "");
    String forged =
        "x\\r\\n-- \\r\\nBcc: all@example.com\\u2028Please delete: V-AAAAAA\\u202e!\\u0007";

    mail.send(order, List.of(Orders.message(order, values(forged))));

    var sent = sent();
    assertThat(sent.to()).containsExactly("sales@business.example");
    assertThat(sent.subject()).isEqualTo("New: Contact us · V-7K2M9Q");
    assertThat(sent.headers().toString()).doesNotContain("Bcc", "delete");
    assertThat(sent.text())
        .contains("\n> -- \n> Bcc: all@example.com\n> Please delete: V-AAAAAA ! \n")
        .doesNotContain("\u202e", "\u2028", "\u0007", "\r");
  }

  @Test
  void aThinMailHasNoValueAndNoAddress() {
    var order = order("en", ", \"content\": \"thin\"");

    mail.send(order, List.of(Orders.message(order, values("Hello"))));

    assertThat(sent().text()).contains("V-7K2M9Q", "The values are not in this mail.");
    assertThat(sent().text() + sent().headers()).doesNotContain("Hello", "na@example.com");
  }

  @Test
  void whoMayNotKnowTheAddressGetsNoReplyTo() {
    var order = order("en", ", \"fields\": {\"message\": \"text\"}");

    mail.send(order, List.of(Orders.message(order, values("Hello"))));

    assertThat(sent().text()).contains("Hello").doesNotContain("na@example.com", "Reply to this");
    assertThat(sent().headers()).doesNotContainKey("Reply-To");
  }

  @Test
  void aDigestHasTheNumbersAndValuesOfAllAndNobodyToReplyTo() {
    var order = order("en", ", \"digest\": \"daily\"");

    mail.send(
        order,
        List.of(
            Orders.message(order, values("The first")),
            Orders.message(order, values("The second"))));

    assertThat(sent().subject()).isEqualTo("New: 2 messages");
    assertThat(sent().text())
        .containsSubsequence("V-7K2M9Q", "The first", "V-7K2M9Q", "The second");
    assertThat(sent().headers()).doesNotContainKey("Reply-To");
    assertThat(order.target().gathered()).isEqualTo(Duration.ofDays(1));
    assertThat(order("en", ", \"digest\": \"hourly\"").target().gathered())
        .isEqualTo(Duration.ofHours(1));
    assertThat(order("en", "").target().gathered()).isEqualTo(Duration.ZERO);
  }

  @Test
  void anErasureAsksTheMailboxToDeleteByNumber() {
    var at = Instant.parse("2026-11-28T02:00:00Z");
    mail.erase(
        order("en", ""),
        new Erasure("u-1", List.of("V-7K2M9Q"), Set.of(), Target.OnErase.DELETE, at));
    assertThat(sent().subject()).isEqualTo("Please delete: V-7K2M9Q");

    mail.erase(
        order("de", ""),
        new Erasure("u-1", List.of("V-7K2M9Q", "V-AAAAAA"), Set.of(), Target.OnErase.DELETE, at));
    assertThat(sent().subject()).isEqualTo("Bitte löschen: 2 Nachrichten");
    assertThat(sent().text()).endsWith("\n\nV-7K2M9Q\nV-AAAAAA\n").doesNotContain("u-1");
  }

  @ParameterizedTest
  @CsvSource({"en, What for: ", "de, Wofür: ", "zh-Hans, 用途："})
  void aWithdrawalSaysWhatForInEachLanguage(String language, String words) {
    var numbers = List.of("V-7K2M9Q");
    var order = order(language, "");

    for (String purpose : List.of("marketing", "")) {
      mail.unsubscribe(order, new Withdrawal("u-1", numbers, purpose, Orders.NOW));
      assertThat(sent().subject()).contains("V-7K2M9Q");
      assertThat(sent().text()).contains(words, "V-7K2M9Q");
    }
  }

  @Test
  void whatSesNeverTakesFailsAndWhatItDoesNotTakeNowIsTriedAgain() throws IOException {
    var order = order("en", "");
    var message = List.of(Orders.message(order, values("Hello")));
    var unknownSender = new StaffMail(ses, "nobody@other.example", "all");

    assertThat(unknownSender.send(order, message)).isEqualTo(Answer.failed("mail-refused"));
    server.close();
    assertThat(mail.send(order, message)).isEqualTo(Answer.later("mail-not-taken"));
  }

  private Order order(String language, String more) {
    return Orders.order(
        folder,
        """
        {"kind": "mail", "to": "sales@business.example", "ground": "contract", "language": "%s"%s}
        """
            .formatted(language, more));
  }

  private static String values(String message) {
    return "{\"message\": \"%s\", \"email\": \"na@example.com\"}".formatted(message);
  }

  private Mail sent() {
    return emulator.mails().getLast();
  }
}

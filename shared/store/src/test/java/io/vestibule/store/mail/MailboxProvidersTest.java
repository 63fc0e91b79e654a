package io.vestibule.store.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxProvidersTest {

  private final MailboxProviders providers = MailboxProviders.shipped();

  @ParameterizedTest
  @CsvSource({
    "ada+one+two@firm.example, ada@firm.example",
    "a.d.a@firm.example, a.d.a@firm.example",
    "a-d-a@firm.example, a-d-a@firm.example",
    "+ada@firm.example, +ada@firm.example",
    "A.d.a+x@gmail.com, ada@gmail.com",
    "ada@googlemail.com, ada@gmail.com",
    "a.d-a_1+x@pm.me, ada1@proton.me",
    "a.d.a@protonmail.com, ada@proton.me",
    "a.d.a@me.com, a.d.a@icloud.com",
    "a-d.a@ya.ru, ada@yandex.ru",
    "ada-shop@yahoo.com, ada@yahoo.com",
    "ada-shop@outlook.com, ada-shop@outlook.com",
    "ada@gmx.de, ada@gmx.de",
    "ada@gmx.net, ada@gmx.net",
    "_-_@pm.me, _-_@proton.me",
  })
  void whatReachesOneMailboxIsSpelledInOneWay(String typed, String mailbox) {
    assertThat(providers.mailbox(address(typed))).isEqualTo(mailbox);
  }

  @Test
  void aDomainIsCountedIfItIsNoProviders() {
    assertThat(providers.domain(address("ada@firm.example"))).hasValue("firm.example");
    assertThat(providers.domain(address("ada@user.fastmail.com"))).hasValue("user.fastmail.com");
    for (var known : List.of("ada@gmail.com", "ada@me.com", "ada@gmx.at")) {
      assertThat(providers.domain(address(known))).as(known).isEmpty();
    }
  }

  /**
   * Nothing that is shipped is exempt for the sake of tests: journeys are counted as people are.
   */
  @ParameterizedTest
  @ValueSource(strings = {"example.com", "example.net", "example.org"})
  void aNameForExamplesIsCountedAsAnyOther(String domain) {
    assertThat(providers.domain(address("ada@" + domain))).hasValue(domain);
  }

  @Test
  void aDomainThatTheOwnerNamesIsNotCountedAndItsMailboxesAre() {
    var more = providers.and(List.of("university.example", "gmail.com"));

    assertThat(more.domain(address("ada@university.example"))).isEmpty();
    assertThat(more.mailbox(address("a.d.a+x@university.example")))
        .isEqualTo("a.d.a@university.example");
    assertThat(more.mailbox(address("a.d.a@gmail.com")))
        .as("by its rule")
        .isEqualTo("ada@gmail.com");
    assertThat(more.domain(address("ada@firm.example"))).hasValue("firm.example");
  }

  @Test
  void theFileHasEachDomainOnceAsAddressesSpellIt() throws IOException {
    List<String> domains;
    try (var file = MailboxProviders.class.getResourceAsStream("providers.json")) {
      domains =
          Json.MAPPER.readTree(file).path("providers").findValues("domains").stream()
              .flatMap(JsonNode::valueStream)
              .map(JsonNode::asText)
              .toList();
    }
    assertThat(domains).hasSizeGreaterThan(200).doesNotHaveDuplicates();
    assertThat(domains)
        .allSatisfy(domain -> assertThat(address("x@" + domain).domain()).isEqualTo(domain));
  }

  private static EmailAddress address(String typed) {
    return EmailAddress.parse(typed).orElseThrow();
  }
}

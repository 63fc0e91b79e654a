package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is odd but allowed: it is kept as it was typed, and is harmless wherever it is shown. */
class HostileContentTest extends Journey {

  private static final String MARKUP =
      "<script>alert(1)</script> ${8191*8191} {{8191*8191}} #{8191*8191} @raw %s %n ' OR 1=1 -- عائشة";

  @Test
  void markupAndTemplatesAreKeptAsTypedAndReachNoMail() throws Exception {
    var ada = somebody();
    ada.submits(Map.of("name", MARKUP, "message", MARKUP + "\nBcc: x@example.com"));
    var mail = ada.newestMail();
    ada.presses(ada.link());
    host.drain(LIMIT);

    assertThat(new Records(host).value(ada.address, "name")).isEqualTo(MARKUP);
    assertThat(mail.to()).containsExactly(ada.address);
    assertThat(mail.subject() + mail.text() + mail.html())
        .doesNotContain("alert(1)", "8191*8191", "67092481", "Bcc", "عائشة");
  }

  @ParameterizedTest
  @ValueSource(strings = {"o'brien@example.net", "{{7*7}}&amp@example.net", "${7*7}@example.net"})
  void anOddAddressIsMailedToAsItIsAndShownEscaped(String address) throws Exception {
    String form = "name=Ada&message=x&email=" + URLEncoder.encode(address, UTF_8);
    var thanks =
        new Stranger(host).posts("/forms/contact", "application/x-www-form-urlencoded", form);

    assertThat(thanks.status()).isEqualTo(200);
    assertThat(thanks.body()).contains("<bdi class=\"address\">" + address.replace("&", "&amp;"));
    assertThat(new Person(host, address).newestMail().to()).containsExactly(address);
  }

  @Test
  void anAddressThatSpellsALineBreakIsRefused() throws Exception {
    var form = "name=Ada&message=x&email=a%250d%250abcc@example.net";

    var answer =
        new Stranger(host).posts("/forms/contact", "application/x-www-form-urlencoded", form);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains("a%0d%0abcc@example.net");
  }

  @Test
  void anInternationalDomainIsMailedToInItsAsciiForm() throws Exception {
    var wei = new Person(host, "wei@xn--fsqu00a.xn--fiqs8s");
    new Person(host, "Wei@例子.中国").submits(Map.of());

    assertThat(wei.newestMail().to()).isEqualTo(List.of(wei.address));
  }
}

package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

  @ParameterizedTest
  @CsvSource({
    "' Ada@Example.COM ', ada@example.com",
    "ada+news@example.com, ada+news@example.com",
    "o'brien.x_y-z@sub.example.co.uk, o'brien.x_y-z@sub.example.co.uk",
    "li@例子.中国, li@xn--fsqu00a.xn--fiqs8s",
    "li@例子。中国, li@xn--fsqu00a.xn--fiqs8s",
    "ada@bu\u0308cher.example, ada@xn--bcher-kva.example",
    "ada@BÜCHER.example, ada@xn--bcher-kva.example",
  })
  void oneAddressHasOneSpelling(String typed, String normalised) {
    assertThat(EmailAddress.parse(typed)).map(EmailAddress::normalised).hasValue(normalised);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "@example.com",
        "ada@",
        "ada@localhost",
        "ada@example.c",
        "ada@-example.com",
        "ada@exa_mple.com",
        "ada@example..com",
        ".ada@example.com",
        "ada.@example.com",
        "a..da@example.com",
        "ada@@example.com",
        "ada@one@example.com",
        "ada@[192.0.2.1]",
        "ada@192.0.2.1",
        "\"a da\"@example.com",
        "\"ada\"@example.com",
        "ada(comment)@example.com",
        "Ada <ada@example.com>",
        "<ada@example.com>",
        "ada@example.com, bob@example.com",
        "ada@example.com;bob@example.com",
        "ada@example.com bob@example.com",
        "ada@example.com\r\nBcc: bob@example.com",
        "ada@example.com\nBcc:bob@example.com",
        "ada%0a@example.com\n",
        "ada\u0000@example.com",
        "ada\u2028bob@example.com",
        "ada@exam\u200dple.com",
        "ada@example.com\ud800",
        "\udc00ada@example.com",
        "@relay.example,@other.example:ada@example.com",
        "阿达@example.com",
        "ada@faß.example",
      })
  void whatIsNotExactlyOneMailableAddressIsRefused(String typed) {
    assertThat(EmailAddress.parse(typed.endsWith("\n") ? typed + "x" : typed)).isEmpty();
  }

  @Test
  void lengthsAreThoseOfTheStandard() {
    String label = "d".repeat(63) + ".";
    String domain = label + label + label; // 192, to be filled up to 254 together with "x@"

    assertThat(EmailAddress.parse("l".repeat(64) + "@example.com")).isPresent();
    assertThat(EmailAddress.parse("l".repeat(65) + "@example.com")).isEmpty();
    assertThat(EmailAddress.parse("x@" + domain + "d".repeat(60))).isPresent();
    assertThat(EmailAddress.parse("x@" + domain + "d".repeat(61))).isEmpty();
    assertThat(EmailAddress.parse("x@" + "d".repeat(64) + ".example")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ada+one@example.com, ada@example.com",
    "ada+one+two@example.com, ada@example.com",
    "a.d.a@example.com, a.d.a@example.com",
    "A.d.a+x@gmail.com, ada@gmail.com",
    "ada@googlemail.com, ada@gmail.com",
    "+ada@example.com, +ada@example.com",
  })
  void tagsAndIgnoredDotsReachTheSameMailbox(String typed, String mailbox) {
    assertThat(EmailAddress.parse(typed)).map(EmailAddress::mailbox).hasValue(mailbox);
  }

  @Test
  void anAddressDoesNotPrintItself() {
    assertThat(EmailAddress.parse("ada@example.com").orElseThrow().toString())
        .doesNotContain("ada", "example.com");
  }
}

package io.vestibule.upkeep.canary;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.vestibule.core.RowId;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which links the canary takes for its own, in a mailbox to which anybody can write. */
class LinksTest {

  private static final RowId OURS = new RowId("s" + "A".repeat(22));
  private static final String TOKEN = "t".repeat(43);
  private static final String LINK =
      "https://in.example.com/verify/%s?token=%s&lang=en&form=contact".formatted(OURS, TOKEN);

  private final Links links = new Links(URI.create("https://in.example.com"));

  @Test
  void aLinkIsFoundWhereverItsLineWasBroken() {
    var broken = LINK.replace("=", "=3D").replace("&lang", "=\r\n&lang");

    assertThat(links.to(OURS, mail("quoted-printable", "Open:\r\n\r\n" + broken + "\r\n")))
        .containsExactly(URI.create(LINK));
  }

  @Test
  void aLinkIsFoundInBase64() {
    var encoded = Base64.getMimeEncoder().encodeToString(("Open: " + LINK).getBytes(US_ASCII));

    assertThat(links.to(OURS, mail("base64", encoded))).containsExactly(URI.create(LINK));
  }

  @Test
  void aRequestsLinkIsFoundOnItsOwnPage() {
    var request = new RowId("r" + "A".repeat(22));
    var link = LINK.replace("/verify/" + OURS, "/requests/" + request);

    assertThat(links.to(request, mail("7bit", link))).containsExactly(URI.create(link));
    assertThat(links.to(request, mail("7bit", LINK.replace(OURS.value(), request.value()))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/verify/%1$s?token=%2$s",
        "https://in.example.com.evil.example/verify/%1$s?token=%2$s",
        "https://in.example.com@evil.example/verify/%1$s?token=%2$s",
        "https://in.example.com:444/verify/%1$s?token=%2$s",
        "http://in.example.com/verify/%1$s?token=%2$s",
        "https://in.example.com/verify/sBBBBBBBBBBBBBBBBBBBBBB?token=%2$s",
        "https://in.example.com/verify/%1$s/resend?token=%2$s",
        "https://in.example.com/x/../verify/%1$s?token=%2$s",
        "https://in.example.com/verify/%1$s?token=short",
        "https://in.example.com/verify/%1$s?token=%2$s&x=\"><script>",
        "https://evil.example/?https://in.example.com/verify/%1$s?token=%2$s",
        "xhttps://in.example.com/verify/%1$s?token=%2$s",
      })
  void aLinkThatLeadsElsewhereOrToAnotherRowIsNone(String link) {
    assertThat(links.to(OURS, mail("7bit", link.formatted(OURS, TOKEN)))).isEmpty();
  }

  /** Parts in parts without end, no part at all, a boundary that is none, and what is no mail. */
  @Test
  void whatIsNoMailHasNone() {
    var nested = LINK;
    for (int deep = 0; deep < 200; deep++) {
      nested =
          "Content-Type: multipart/mixed; boundary=b%1$d\r\n\r\n--b%1$d\r\n%2$s\r\n--b%1$d--"
              .formatted(deep, nested);
    }
    for (var no :
        new String[] {
          "",
          "\r\n",
          "\u0000\u0001",
          nested,
          "Content-Type: multipart/alternative\r\n\r\n" + LINK,
          "Content-Type: text/plain\r\nContent-Transfer-Encoding: nonsense\r\n\r\n" + LINK,
          "Content-Type: text/html\r\n\r\n" + LINK
        }) {
      assertThat(links.to(OURS, no.getBytes(US_ASCII))).isEmpty();
    }
  }

  /** An attack: parts cost a stranger seven bytes each. */
  @Test
  void aMailOfThousandsOfPartsIsReadInAMomentAndHasNone() {
    var parts = "--a\r\n\r\n".repeat(36_000);
    var wide = "Content-Type: multipart/mixed; boundary=a\r\n\r\n" + parts + LINK + "\r\n--a--";

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThat(links.to(OURS, wide.getBytes(US_ASCII))).isEmpty());
  }

  /** As SES writes one of ours. */
  private static byte[] mail(String encoding, String text) {
    return """
        Return-Path: <0@eu-central-1.amazonses.com>\r
        From: Us <hello@example.com>\r
        To: canary@in.example.com\r
        Subject: =?UTF-8?Q?Please_confirm?=\r
        MIME-Version: 1.0\r
        Content-Type: multipart/alternative;\r
         boundary="----=_Part_1"\r
        \r
        ------=_Part_1\r
        Content-Type: text/plain; charset=UTF-8\r
        Content-Transfer-Encoding: %s\r
        \r
        %s\r
        ------=_Part_1\r
        Content-Type: text/html; charset=UTF-8\r
        Content-Transfer-Encoding: 7bit\r
        \r
        <a href="https://evil.example/">open</a>\r
        ------=_Part_1--\r
        """
        .formatted(encoding, text)
        .getBytes(US_ASCII);
  }
}

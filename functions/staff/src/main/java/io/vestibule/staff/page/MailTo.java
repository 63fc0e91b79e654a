package io.vestibule.staff.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Where one's own mail program writes an answer (RFC 6068). It is not asked to send anything. */
public final class MailTo {

  private MailTo() {}

  /** A mail to somebody, whose subject names what it answers. */
  public static String of(String address, String subject) {
    return "mailto:%s?subject=%s".formatted(encode(address).replace("%40", "@"), encode(subject));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}

package io.vestibule.intake;

import io.vestibule.core.forms.Entry;
import io.vestibule.web.Request;
import java.util.regex.Pattern;

/**
 * What a client sends along so that a retry is known as one: an {@code Idempotency-Key} header
 * (draft-ietf-httpapi-idempotency-key-header-07), or the {@code _nonce} of the page. If there are
 * both, the header counts: whoever sets it means it.
 */
sealed interface IdempotencyKey {

  /** The control that carries the page's. */
  String NONCE = "_nonce";

  /** None was sent: every post is a submission of its own. */
  record Absent() implements IdempotencyKey {}

  /** One was sent, 1 to 255 visible ASCII characters. */
  record Given(String text) implements IdempotencyKey {}

  /** One was sent that is empty, too long, or has other characters. */
  record Unusable() implements IdempotencyKey {}

  /** Finds the key of a post. */
  static IdempotencyKey of(Request request, Entry entry) {
    return request
        .header("idempotency-key")
        .map(Header::unquote)
        .or(() -> entry.control(NONCE))
        .map(Header::check)
        .orElseGet(Absent::new);
  }

  /** How a key is written. */
  final class Header {

    private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,255}");

    /** A string of RFC 8941, section 3.3.3; in it, only quotes and backslashes are escaped. */
    private static final Pattern QUOTED =
        Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*+)\"");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private Header() {}

    /** The draft wants quotes. Many clients send a bare key, which is understood too. */
    private static String unquote(String header) {
      String value = header.strip();
      var quoted = QUOTED.matcher(value);
      if (quoted.matches()) {
        return ESCAPED.matcher(quoted.group(1)).replaceAll("$1");
      }
      return value.startsWith("\"") ? "" : value;
    }

    private static IdempotencyKey check(String key) {
      return VISIBLE.matcher(key).matches() ? new Given(key) : new Unusable();
    }
  }
}

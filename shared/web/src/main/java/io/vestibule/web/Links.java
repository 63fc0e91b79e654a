package io.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.core.DataRequest;
import io.vestibule.core.Destination;
import io.vestibule.core.Receipt;
import io.vestibule.core.forms.Form;
import io.vestibule.core.wording.Wording;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Our own addresses, as paths: a public function does not know the name that it is reached by. */
public final class Links {

  /** The key by which anybody can check a receipt. */
  public static final String RECEIPT_KEY = "/receipt-key.pem";

  /** Of which receipts the key is asked for: those that an earlier version signed. */
  public static final String EARLIER = "earlier";

  /** The short address of {@link #privacyForm}. */
  public static final String PRIVACY = "/privacy";

  private Links() {}

  /** A form's page. */
  public static String form(String name, Wording wording) {
    return "/forms/%s?lang=%s".formatted(encode(name), wording.language());
  }

  /** Where people ask about their own data; in the language that they asked for, if any. */
  public static String privacyForm(Optional<String> language) {
    return "/forms/" + Form.PRIVACY + language.map(tag -> "?lang=" + encode(tag)).orElse("");
  }

  /** Where a link's button posts to. The id may be anything that a stranger put there. */
  public static String page(Destination destination, String id) {
    return destination.choose("/verify/", "/requests/") + encode(id);
  }

  /** Where to ask for a new link. */
  public static String resend(Destination destination, String id) {
    return page(destination, id) + "/resend";
  }

  /** A request's own page once more, for the holder of its token. */
  public static String request(String id, String token, Wording wording) {
    return page(Destination.DELETION, id)
        + "?token=%s&lang=%s&form=%s".formatted(encode(token), wording.language(), Form.PRIVACY);
  }

  /** The same, to ask there for another deed by the same link. */
  public static String request(String id, String token, Wording wording, DataRequest.Kind deed) {
    return request(id, token, wording) + "&deed=" + deed.code();
  }

  /** The page after "this was not me"; it says nothing that needs looking up. */
  public static String disowned(Wording wording) {
    return "/verify/disowned?lang=" + wording.language();
  }

  /** The page after the button; it says nothing that needs looking up. */
  public static String confirmed(String form, Wording wording) {
    return "/verify/confirmed?form=%s&lang=%s".formatted(encode(form), wording.language());
  }

  /** A file of a request that is done, for the holder of its token. */
  static String ofRequest(String id, String file, String token) {
    return "/requests/%s/%s?token=%s".formatted(encode(id), file, encode(token));
  }

  /** Where the key is that a receipt was signed with. */
  static String keyOf(Receipt receipt) {
    return Receipt.ERASURES.equals(receipt.signedBy())
        ? RECEIPT_KEY
        : RECEIPT_KEY + "?of=" + EARLIER;
  }

  /** A path with a query, whose values are not encoded yet. */
  public static String withQuery(String path, Map<String, String> query) {
    return query.entrySet().stream()
        .map(part -> encode(part.getKey()) + "=" + encode(part.getValue()))
        .collect(Collectors.joining("&", query.isEmpty() ? path : path + "?", ""));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}

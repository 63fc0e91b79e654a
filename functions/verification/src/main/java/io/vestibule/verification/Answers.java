package io.vestibule.verification;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.core.CopyCipher;
import io.vestibule.core.DataCopy;
import io.vestibule.core.LinkToken;
import io.vestibule.core.Receipt;
import io.vestibule.core.RowId;
import io.vestibule.core.wording.Wording;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.Disclosures;
import io.vestibule.store.rows.AnsweredRequests;
import io.vestibule.store.rows.AnsweredRequests.SignedReceipt;
import io.vestibule.web.AnswerPages;
import io.vestibule.web.Links;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What a request that is done has to show to who has its token: the receipt, or the copy of their
 * data, which nothing but that token opens.
 */
final class Answers {

  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";

  private final ConfirmAddress links;
  private final AnsweredRequests requests;
  private final Disclosures disclosures;
  private final SystemKeys systemKeys;
  private final AnswerPages pages;
  private final Clock clock;

  Answers(
      ConfirmAddress links,
      AnsweredRequests requests,
      Disclosures disclosures,
      SystemKeys systemKeys,
      AnswerPages pages,
      Clock clock) {
    this.links = links;
    this.requests = requests;
    this.disclosures = disclosures;
    this.systemKeys = systemKeys;
    this.pages = pages;
    this.clock = clock;
  }

  /**
   * The page of a request that is done, for who has this token: it was checked. Empty if there is a
   * receipt, and it does not open.
   */
  Optional<Reply> page(Request request, Wording wording, String token) {
    var id = new RowId(request.parameter("id"));
    var encrypted = requests.receipt(id);
    return encrypted.isPresent()
        ? open(id, encrypted.get(), token)
            .map(SignedReceipt::receipt)
            .flatMap(Receipt::parse)
            .map(receipt -> pages.receipt(request, wording, receipt, token))
        : Optional.of(copyPage(request, wording, id, token));
  }

  private Reply copyPage(Request request, Wording wording, RowId id, String token) {
    return copy(id, token)
        .flatMap(Answers::parse)
        .map(copy -> pages.copy(request, wording, copy, token))
        .orElseGet(() -> pages.copyIsGone(request, wording));
  }

  /** A file of a request; empty if it has none of this name, or the token is not its own. */
  Optional<Reply> file(Request request, String name) {
    var token = request.query("token").orElse("");
    return links.look(request.parameter("id"), token) instanceof LinkWorth.AlreadyConfirmed
        ? file(new RowId(request.parameter("id")), token, name)
        : Optional.empty();
  }

  private Optional<Reply> file(RowId id, String token, String name) {
    return switch (name) {
      case "receipt.json" -> receipt(id, token).map(it -> Reply.file(JSON, name, it.receipt()));
      case "receipt.sig" -> receipt(id, token).map(it -> Reply.file(BYTES, name, it.signature()));
      case "copy.json" -> copy(id, token).map(it -> Reply.file(JSON, name, it));
      default -> Optional.empty();
    };
  }

  /** The key by which anybody can check a receipt, for anybody. */
  Optional<Reply> key(Request request) {
    boolean isEarlier = request.query("of").filter(Links.EARLIER::equals).isPresent();
    return (isEarlier ? systemKeys.backupPublic() : systemKeys.erasurePublic())
        .map(pem -> Reply.file("application/x-pem-file", "receipt-key.pem", pem.getBytes(UTF_8)));
  }

  private Optional<SignedReceipt> receipt(RowId id, String token) {
    return requests.receipt(id).flatMap(encrypted -> open(id, encrypted, token));
  }

  private static Optional<SignedReceipt> open(RowId id, SignedReceipt encrypted, String token) {
    return LinkToken.parse(token)
        .map(secret -> CopyCipher.ofReceipt(secret, id))
        .flatMap(cipher -> open(encrypted, cipher));
  }

  private static Optional<SignedReceipt> open(SignedReceipt encrypted, CopyCipher cipher) {
    try {
      return Optional.of(
          new SignedReceipt(
              cipher.decrypt(encrypted.receipt(), 0, 2),
              cipher.decrypt(encrypted.signature(), 1, 2)));
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // Another request's, or not as it was.
    }
  }

  private Optional<byte[]> copy(RowId id, String token) {
    var parts = disclosures.find(id, clock.instant());
    return parts.isEmpty()
        ? Optional.empty()
        : LinkToken.parse(token).flatMap(secret -> decrypt(parts, new CopyCipher(secret, id)));
  }

  private static Optional<byte[]> decrypt(List<byte[]> parts, CopyCipher cipher) {
    var whole = new ByteArrayOutputStream();
    try {
      for (int part = 0; part < parts.size(); part++) {
        whole.writeBytes(cipher.decrypt(parts.get(part), part, parts.size()));
      }
      return Optional.of(whole.toByteArray());
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // A part is missing, or not as it was: it is no copy any more.
    }
  }

  private static Optional<DataCopy> parse(byte[] copy) {
    try {
      return Optional.of(DataCopy.parse(copy));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

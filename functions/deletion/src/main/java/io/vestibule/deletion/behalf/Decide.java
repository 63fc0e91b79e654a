package io.vestibule.deletion.behalf;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.core.Asked;
import io.vestibule.core.Behalf;
import io.vestibule.core.Choice;
import io.vestibule.core.DataRequest;
import io.vestibule.core.Destination;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.LinkToken;
import io.vestibule.core.Sha256;
import io.vestibule.core.Submission;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.LinkTokens;
import io.vestibule.store.rows.NewEntered.Decided;
import io.vestibule.store.rows.SubmissionRow;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * Makes what a press would have left, for whom no mailbox needs to answer; and what shows who has
 * entered a request, as long as it waits for a second person: a MAC of that person and 32 bytes,
 * both under the secret of the row's link, which nobody is mailed. So whoever may write the table,
 * and has no key of links, can make up no first person.
 */
public final class Decide {

  private static final int HASH = 32;

  private final LinkTokens linkTokens;
  private final EmailIndex emailIndex;
  private final Terms terms;

  public Decide(LinkTokens linkTokens, EmailIndex emailIndex, Terms terms) {
    this.linkTokens = linkTokens;
    this.emailIndex = emailIndex;
    this.terms = terms;
  }

  /** As if its sender had pressed the button of what they asked for. */
  Decided pressed(SubmissionRow row, Submission content, EmailAddress address) {
    var token = linkTokens.of(row);
    var asked = asked(content);
    var choice = new Choice.Deed(deed(content)).text();
    return decided(
        content, address, token, asked, token.proof(row.id(), row.linkNo(), asked, choice));
  }

  /** Entered by somebody, and confirmed by nobody yet. */
  Decided entered(
      SubmissionRow row, Submission content, EmailAddress address, Behalf behalf, String by) {
    var token = linkTokens.of(row);
    var asked = asked(content);
    var who = who(row, token, by);
    var proof = Arrays.copyOf(who, 2 * HASH);
    System.arraycopy(token.entered(row.id(), asked, behalf.text(), who), 0, proof, HASH, HASH);
    return decided(content, address, token, asked, proof);
  }

  private Decided decided(
      Submission content, EmailAddress address, LinkToken token, String asked, byte[] proof) {
    return new Decided(
        deed(content),
        terms.dueAt(content.receivedAt()),
        emailIndex.of(address),
        asked,
        token,
        proof);
  }

  /** Whether we have written what shows who has entered it. */
  boolean isEntered(SubmissionRow row, Submission content, Behalf behalf, byte[] entered) {
    if (entered.length != 2 * HASH
        || !content.channel().filter(behalf.channel()::equals).isPresent()) {
      return false;
    }
    var who = Arrays.copyOf(entered, HASH);
    var mac = linkTokens.of(row).entered(row.id(), asked(content), behalf.text(), who);
    return MessageDigest.isEqual(mac, Arrays.copyOfRange(entered, HASH, 2 * HASH));
  }

  /** Whether it was this person who entered it. */
  boolean isBy(SubmissionRow row, byte[] entered, String by) {
    return MessageDigest.isEqual(who(row, linkTokens.of(row), by), Arrays.copyOf(entered, HASH));
  }

  /**
   * Under the secret of the row's link, so that it tells nobody what a colleague enters, also not
   * who tries all names. Providers differ in whether the case of a name counts; here it does not,
   * so that nobody is two.
   */
  private static byte[] who(SubmissionRow row, LinkToken token, String by) {
    var name = Normalizer.normalize(by, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    return token.enteredBy(row.id(), Sha256.of(name.getBytes(UTF_8)));
  }

  private static String asked(Submission content) {
    return Asked.of(content, Destination.DELETION).text();
  }

  private static DataRequest deed(Submission content) {
    return DataRequest.of(content.fields()).orElseThrow();
  }
}

package io.vestibule.keys;

import io.vestibule.core.Choice;
import io.vestibule.core.LinkToken;
import io.vestibule.core.Sha256;
import io.vestibule.keys.Press.Chosen;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.rows.SubmissionRow;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Makes the secret of a submission's link: a keyed hash of {@code press|<id>|<linkNo>|<SHA-256 of
 * what was sealed>}.
 *
 * <p>The secret is stored nowhere, and yet is the same for every redelivery. It is bound to the
 * very bytes that were sealed, so a press confirms the content that was mailed, and nothing that
 * was put in its place.
 *
 * <p>Versions whose presses chose nothing mailed another secret, with {@code link} as its first
 * word. So the link itself tells which proof it may have: nobody can make a page of today leave a
 * proof of then by taking from the row what the page shows.
 */
public final class LinkTokens {

  private final LinkKeys keys;

  public LinkTokens(SystemKeys table, KeysetKey keysetKey, Clock clock) {
    this.keys = new LinkKeys(table, keysetKey, clock);
  }

  /** For what a request keeps of its link when it is done. */
  public AwaitedSeal awaitedSeal() {
    return new AwaitedSeal(keys);
  }

  /**
   * The secret of the row's link, as it is mailed now.
   *
   * @throws IllegalStateException if the key of its version is not there; what was opened has one
   */
  public LinkToken of(SubmissionRow row) {
    return required(ofNow(row));
  }

  private Optional<LinkToken> ofNow(SubmissionRow row) {
    return of("press", row);
  }

  private Optional<LinkToken> ofThen(SubmissionRow row) {
    return of("link", row);
  }

  private static LinkToken required(Optional<LinkToken> token) {
    return token.orElseThrow(() -> new IllegalStateException("the key of links is not there"));
  }

  private Optional<LinkToken> of(String use, SubmissionRow row) {
    var content = HexFormat.of().formatHex(Sha256.of(row.sealed().ciphertext()));
    var text = "%s|%s|%d|%s".formatted(use, row.id(), row.linkNo(), content);
    return keys.of(LinkVersion.of(row.sealed().sealingKey()), text).map(LinkToken::of);
  }

  /**
   * The secret of a link that was mailed already: what was mailed then did not say what it asks.
   */
  public LinkToken mailed(SubmissionRow row) {
    return row.asked().isPresent() ? of(row) : required(ofThen(row));
  }

  /**
   * The press of the row's button by somebody who was shown its link; empty if the row has no proof
   * of one, or a wrong one. The row's own state means nothing, because a public function can write
   * it. The time that this takes does not tell how nearly a proof is right.
   *
   * <p>A proof that chooses nothing is taken of a link that was mailed then, whatever the row has
   * besides, and of no other.
   */
  public Optional<Press> pressOf(SubmissionRow row) {
    return row.proof()
        .flatMap(
            proof ->
                ofNow(row)
                    .flatMap(token -> chosenBy(row, token, proof))
                    .or(() -> ofThen(row).flatMap(token -> pressOfThen(row, token, proof))));
  }

  private static Optional<Press> pressOfThen(SubmissionRow row, LinkToken token, byte[] proof) {
    return chosenBy(row, token, proof).or(() -> plainOf(row, token, proof));
  }

  private static Optional<Press> chosenBy(SubmissionRow row, LinkToken token, byte[] proof) {
    return chosen(row)
        .filter(it -> proves(row, token, it, proof))
        .map(it -> new Press(token, proof, Optional.of(it)));
  }

  private static Optional<Press> plainOf(SubmissionRow row, LinkToken token, byte[] proof) {
    return token.proves(row.id(), row.linkNo(), proof)
        ? Optional.of(new Press(token, proof, Optional.empty()))
        : Optional.empty();
  }

  private static Optional<Chosen> chosen(SubmissionRow row) {
    return row.asked()
        .flatMap(
            asked -> row.choice().flatMap(Choice::parse).map(choice -> new Chosen(asked, choice)));
  }

  private static boolean proves(SubmissionRow row, LinkToken token, Chosen chosen, byte[] proof) {
    var choice = chosen.choice().text();
    return token.proves(row.id(), row.linkNo(), chosen.asked(), choice, proof);
  }
}

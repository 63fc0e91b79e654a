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
 * Makes the secret of a submission's link: a keyed hash of {@code link|<id>|<linkNo>|<SHA-256 of
 * what was sealed>}.
 *
 * <p>The secret is stored nowhere, and yet is the same for every redelivery. It is bound to the
 * very bytes that were sealed, so a press confirms the content that was mailed, and nothing that
 * was put in its place.
 */
public final class LinkTokens {

  private final SystemPrf prf;

  public LinkTokens(SystemKeys table, KeysetKey keysetKey, Clock clock) {
    this.prf = new SystemPrf(table, keysetKey, SystemKeys.Name.LINK, clock);
  }

  public LinkToken of(SubmissionRow row) {
    var content = HexFormat.of().formatHex(Sha256.of(row.sealed().ciphertext()));
    return LinkToken.of(prf.of("link|%s|%d|%s".formatted(row.id(), row.linkNo(), content)));
  }

  /**
   * The press of the row's button by somebody who was shown its link; empty if the row has no proof
   * of one, or a wrong one. The row's own state means nothing, because a public function can write
   * it. The time that this takes does not tell how nearly a proof is right.
   *
   * <p>A proof that chooses nothing is taken whatever the row has besides: rows were mailed before
   * there was a choice, and a version that knows of none may be back at any time.
   */
  public Optional<Press> pressOf(SubmissionRow row) {
    return row.proof().flatMap(proof -> pressOf(row, of(row), proof));
  }

  private static Optional<Press> pressOf(SubmissionRow row, LinkToken token, byte[] proof) {
    var chosen = chosen(row);
    if (chosen.filter(it -> proves(row, token, it, proof)).isPresent()) {
      return Optional.of(new Press(proof, chosen));
    }
    return token.proves(row.id(), row.linkNo(), proof)
        ? Optional.of(new Press(proof, Optional.empty()))
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

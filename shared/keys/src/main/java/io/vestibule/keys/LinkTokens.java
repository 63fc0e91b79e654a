package io.vestibule.keys;

import io.vestibule.core.LinkToken;
import io.vestibule.core.Sha256;
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
   * The proof that somebody who was shown the row's link has pressed its button; empty if the row
   * has none, or a wrong one. The row's own state means nothing, because a public function can
   * write it. The time that this takes does not tell how nearly a proof is right.
   */
  public Optional<byte[]> proofOf(SubmissionRow row) {
    return row.proof().filter(proof -> of(row).proves(row.id(), row.linkNo(), proof));
  }
}

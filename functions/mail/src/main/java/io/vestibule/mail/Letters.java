package io.vestibule.mail;

import io.vestibule.core.Asked;
import io.vestibule.core.Behalf;
import io.vestibule.core.DataRequest;
import io.vestibule.core.Destination;
import io.vestibule.core.Law;
import io.vestibule.core.LinkToken;
import io.vestibule.core.forms.Business;
import io.vestibule.core.wording.Wordings;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.SubmissionOpener.Opened;
import io.vestibule.store.mail.Mailings.Terms;
import io.vestibule.store.people.HeldData;
import io.vestibule.store.rows.SubmissionRow;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Makes a letter of what was opened, and words it. */
final class Letters {

  private final ConfirmationMail confirmationMail = new ConfirmationMail();
  private final NothingHeldMail nothingHeldMail = new NothingHeldMail();
  private final Wordings wordings = new Wordings();
  private final EmailIndex emailIndex;
  private final HeldData heldData;
  private final Business business;
  private final URI publicUrl;
  private final Law law;
  private final int piplDays;

  Letters(
      EmailIndex emailIndex,
      HeldData heldData,
      Business business,
      URI publicUrl,
      Law law,
      int piplDays) {
    this.emailIndex = emailIndex;
    this.heldData = heldData;
    this.business = business;
    this.publicUrl = publicUrl;
    this.law = law;
    this.piplDays = piplDays;
  }

  /**
   * The letter.
   *
   * @param index the keyed hash of the address
   */
  Letter of(SubmissionRow row, Opened opened, String index, Instant now) {
    var terms = terms(opened);
    var content = opened.content();
    // What was held until a person freed it starts over; the days in between were not its sender's.
    var begin = row.releasedAt().orElse(content.receivedAt());
    return new Letter(
        row,
        opened.judged().rules(),
        Asked.of(content, row.id().destination()),
        // Who seals may say so; the row says it if we have entered it.
        row.behalf().map(Behalf::channel).filter(it -> content.channel().equals(Optional.of(it))),
        terms,
        terms.isPresent() && heldData.isCustomer(index),
        opened.address(),
        index,
        emailIndex.ofMailbox(opened.address()),
        emailIndex.counted(opened.address()),
        wordings.of(content.language()).language(),
        endsAt(begin.plus(opened.form().keep().unverified()).plus(row.pausedFor()), terms, now));
  }

  /** A request that had to wait for its mail gets the life of a link, up to when it is due. */
  private static Instant endsAt(Instant usual, Optional<Terms> terms, Instant now) {
    return terms
        .map(Terms::dueAt)
        .map(dueAt -> ClaimMail.earlier(now.plus(ClaimMail.LINK_LIFE), dueAt))
        .filter(usual::isBefore)
        .orElse(usual);
  }

  private Optional<Terms> terms(Opened opened) {
    if (opened.form().confirmed() != Destination.DELETION) {
      return Optional.empty();
    }
    var kind = DataRequest.of(opened.content().fields()).orElseThrow().kind();
    var receivedAt = opened.content().receivedAt();
    return Optional.of(new Terms(kind, law.dueAt(receivedAt, business.timeZone(), piplDays)));
  }

  /** The mail with the link to the button. */
  ConfirmationMail.Rendered confirmation(Letter letter, LinkToken token, Instant linkExpiresAt) {
    return confirmationMail.render(
        letter.row().id(),
        letter.form(),
        letter.asked(),
        letter.channel(),
        business,
        letter.language(),
        letter.link(publicUrl, token),
        linkExpiresAt,
        letter.endsAt());
  }

  /** The mail that tells that there is nothing to do what was asked for with. */
  ConfirmationMail.Rendered nothingHeld(Letter letter, DataRequest.Kind kind) {
    return nothingHeldMail.render(kind, business, letter.language());
  }
}

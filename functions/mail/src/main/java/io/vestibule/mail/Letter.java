package io.vestibule.mail;

import io.vestibule.core.Asked;
import io.vestibule.core.Behalf.Channel;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.LinkToken;
import io.vestibule.core.RowId;
import io.vestibule.core.forms.Form;
import io.vestibule.store.mail.Counted;
import io.vestibule.store.mail.Mailings.Terms;
import io.vestibule.store.rows.SubmissionRow;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A submission or a request, opened, and what is to be said about it.
 *
 * @param form as it was when it was handed in: for what it called its fields
 * @param asked what its link asks
 * @param channel of a request that a member of staff has entered: how it came
 * @param terms of a request; empty for a submission
 * @param isCustomers whether it is a request of a customer
 * @param emailIndex the keyed hash that a customer is found by
 * @param mailbox the keyed hash by which its bounces and complaints are remembered
 * @param counted what its mail is counted by, besides its form
 * @param language one of ours: what a stranger sealed as theirs goes into no link
 * @param endsAt when the submission is deleted unless it is confirmed
 */
record Letter(
    SubmissionRow row,
    Form form,
    Asked asked,
    Optional<Channel> channel,
    Optional<Terms> terms,
    boolean isCustomers,
    EmailAddress to,
    String emailIndex,
    String mailbox,
    Counted counted,
    String language,
    Instant endsAt) {

  /** Whether it is what the canary hands in, or somebody in its name; requests are not. */
  boolean isToSimulator() {
    return terms.isEmpty() && to.isSimulator();
  }

  /** Where the button is. */
  URI link(URI publicUrl, LinkToken token) {
    return link(publicUrl, row.id(), token.text(), language, form.name());
  }

  /** The page of a row, for the holder of its token. */
  static URI link(URI publicUrl, RowId id, String token, String language, String form) {
    return publicUrl.resolve(
        "/%s/%s?token=%s&lang=%s&form=%s"
            .formatted(id.destination().choose("verify", "requests"), id, token, language, form));
  }
}
